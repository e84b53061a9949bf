"""Something new in a proposal: after the example of what is there, or from nothing; and entries moved up and down."""

from typing import Any

import pytest

from tests.journeys.authoring.acts import fields, open_proposal, words
from tests.journeys.conftest import LogIn
from tests.town.people import Town
from yijianshi.catalogue.logic.authoring.creating import FOLDER_OF
from yijianshi.catalogue.queries import authoring as reading
from yijianshi.identity.logic.actor import SYSTEM

PATH = "items/bank/small-deposit-withdrawal.yaml"
NEW = {"name_zh": "大额存款", "name_en": "Large deposit", "code": "large-deposit"}


def test_an_item_written_after_another_opens_as_a_form(town: Town, log_in: LogIn) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang)
    assert f"/authoring/proposals/{proposal}/add/" in fang.get(f"/authoring/proposals/{proposal}/").content.decode()
    add = f"/authoring/proposals/{proposal}/add/"
    assert PATH in fang.get(add).content.decode()
    answer = fang.post(add, NEW | {"like": PATH})
    assert answer.status_code == 302
    path = "items/bank/large-deposit.yaml"
    assert answer["Location"].endswith(f"/edit/{path}")
    page = fang.get(answer["Location"])
    assert page.status_code == 200
    assert "大额存款" in page.content.decode()
    old: Any = reading.get_file(PATH, proposal, by=SYSTEM).value
    new: Any = reading.get_file(path, proposal, by=SYSTEM).value
    assert new == old | {"code": "large-deposit", "name": {"zh": "大额存款", "en": "Large deposit"}}
    again = fang.post(add, NEW | {"like": PATH})
    assert again.status_code == 409
    assert "已经有" in words(again.content)


@pytest.mark.parametrize("kind", sorted(FOLDER_OF))
def test_each_kind_begins_from_nothing_and_says_what_is_missing(town: Town, log_in: LogIn, kind: str) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang)
    answer = fang.post(f"/authoring/proposals/{proposal}/add/", NEW | {"like": f"new:{kind}", "thing": "newborn"})
    assert answer.status_code == 302, words(answer.content)
    page = fang.get(answer["Location"])
    assert page.status_code == 200
    path = answer["Location"].partition("/edit/")[2]
    assert fields(page.content)
    file = reading.get_file(path, proposal, by=SYSTEM)
    assert (file.kind, file.change) == (kind, "ADDED")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"code": "Grosse Einlage"}, "请写一个代码"),
        ({"code": "../../etc"}, "请写一个代码"),
        ({"name_en": ""}, "中文和英文的名称"),
        ({"like": "items/bank/none.yaml"}, "请选一种内容"),
        ({"like": "new:notice"}, "请选一种内容"),
        ({"like": "new:example"}, "请选是哪一件"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    town: Town, log_in: LogIn, sent: dict[str, str], said: str
) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang)
    answer = fang.post(f"/authoring/proposals/{proposal}/add/", NEW | {"like": PATH} | sent)
    assert answer.status_code == 422
    assert said in words(answer.content)
    assert "大额存款" in answer.content.decode()
    assert not reading.get_proposal(proposal, by=SYSTEM).files


def test_entries_move_up_and_down(town: Town, log_in: LogIn) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang, path=PATH)
    editor = f"/authoring/proposals/{proposal}/edit/{PATH}?at=/needs"
    before: Any = reading.get_file(PATH, proposal, by=SYSTEM).value
    page = fang.get(editor).content
    assert page.count("下移".encode()) == page.count("上移".encode()) == len(before["needs"]) - 1
    assert fang.post(editor, fields(page) | {"swap": "/needs/0"}).status_code == 302
    after: Any = reading.get_file(PATH, proposal, by=SYSTEM).value
    assert after["needs"] == [before["needs"][1], before["needs"][0], *before["needs"][2:]]
    last = f"/needs/{len(before['needs']) - 1}"
    assert fang.post(editor, fields(fang.get(editor).content) | {"swap": last}).status_code == 422
