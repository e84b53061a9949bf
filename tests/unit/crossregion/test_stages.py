"""The stations between two regions, and the text both sides sign."""

import pytest

from yijianshi.cases.logic.states import State
from yijianshi.crossregion.logic.custody import Given, Signature, handing_over, results, signed_text
from yijianshi.crossregion.logic.states import ENDED, FOLLOWS, TEXTS, Stage, WrongStage, check_follows, stage_of

S = State


@pytest.mark.parametrize(
    ("states", "stage"),
    [
        ([], Stage.ARRIVED_AT_HOME),
        ([S.RECEIVED, S.WAITING_UPSTREAM], Stage.ARRIVED_AT_HOME),
        ([S.ACCEPTED, S.WAITING_UPSTREAM], Stage.ACCEPTED),
        ([S.COMPLETED, S.RECEIVED], Stage.ACCEPTED),
        ([S.COMPLETED, S.CORRECTION_REQUESTED], Stage.CORRECTION),
        ([S.COMPLETED, S.REFUSED], Stage.DECIDED),
        ([S.DECIDED, S.COMPLETED], Stage.ACCEPTED),
        ([S.NOT_ACCEPTED, S.TERMINATED], Stage.NOT_ACCEPTED),
        ([S.NOT_ACCEPTED, S.COMPLETED], Stage.DECIDED),
    ],
)
def test_where_the_work_stands(states: list[State], stage: Stage) -> None:
    assert stage_of(states) is stage


def test_every_stage_has_words_and_can_end() -> None:
    assert set(TEXTS) == set(FOLLOWS) == set(Stage)
    for stage in set(Stage) - ENDED:
        seen, todo = set[Stage](), [stage]
        while todo:
            now = todo.pop()
            seen.add(now)
            todo += FOLLOWS[now] - seen
        assert seen & ENDED, stage


def test_nothing_follows_the_end() -> None:
    for stage in ENDED:
        for then in Stage:
            with pytest.raises(WrongStage):
                check_follows(stage, then)


def test_the_receipt_does_not_depend_on_the_order_of_the_files() -> None:
    one, two = Given("a", "11", "x"), Given("b", "22", "y")
    texts = {handing_over("n", "t", "s", files, ["a"], "") for files in ([one, two], [two, one])}
    assert len(texts) == 1
    assert handing_over("n", "t", "s", [one], [], "") != handing_over("n", "t", "s", [one], ["a"], "")
    assert results("n", ["2", "1"]) == results("n", ["1", "2"])
    assert signed_text("x", "a", "t") != signed_text("x", "b", "t")


def test_a_signature_survives_its_journey_and_an_incomplete_one_is_empty() -> None:
    found = Signature("a", "k", "t", "s")
    assert Signature.from_json(found.to_json()) == found
    assert Signature.from_json({"by": None}) == Signature("", "", "", "")
