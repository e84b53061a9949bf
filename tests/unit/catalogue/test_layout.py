"""The picture's columns and the advice of one item."""

import threading

from tests.unit.catalogue.stall import ENV, stall
from yijianshi.catalogue.logic import guide
from yijianshi.catalogue.logic.compiler import fingerprint
from yijianshi.catalogue.logic.layout import graph_layout
from yijianshi.catalogue.logic.planning import item_advice, plan


def test_an_item_stands_right_of_what_it_waits_for_and_the_longest_path_is_marked() -> None:
    found = plan(stall(), {"stall.kind": "A", "stall.food": True, "stall.sign": True}, env=ENV)
    picture = graph_layout(found, {"permit-issue": "ACCEPTED"})
    assert [[node.code for node in column] for column in picture.columns] == [["permit-issue", "sign-filing"], ["food-check"]]
    assert [(node.state, node.critical) for node in picture.columns[0]] == [("ACCEPTED", True), ("", False)]
    assert picture.lines == (("permit-issue", "food-check", True),)


def test_items_left_out_are_not_drawn() -> None:
    found = plan(stall(), {"stall.kind": "A", "stall.food": False, "stall.sign": False}, env=ENV)
    assert [[node.code for node in column] for column in graph_layout(found, {}).columns] == [["permit-issue"]]


def test_the_department_sees_the_advice_of_its_item() -> None:
    item = stall().item("sign-filing")
    assert [text.en for text in item_advice(item, {"stall.area": 101}, ENV)] == ["Keep the way free."]
    assert item_advice(item, {}, ENV) == ()


def test_many_threads_get_the_answers_of_one() -> None:
    cases = [{"stall.kind": kind, "stall.food": food} for kind in "ABC" for food in (True, False)] * 5
    alone = [guide.walk(stall(), case, frozenset(), ENV) for case in cases]
    fresh = stall().model_copy(update={"domain": "另一个"})
    fresh = fresh.model_copy(update={"sha": fingerprint(fresh)})  # nothing about it is remembered yet
    together: dict[int, guide.Walk] = {}

    def run(start: int) -> None:
        for position in range(start, len(cases), 4):
            together[position] = guide.walk(fresh, cases[position], frozenset(), ENV)

    threads = [threading.Thread(target=run, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [together[position] for position in range(len(cases))] == alone
