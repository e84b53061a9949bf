"""Recordings on two versions: counts, groups, reasons, and a question that vanished."""

from datetime import date

import pytest

from tests.unit.insight.content import CALENDAR, changed, recordings, thing
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.paths import path_of
from yijianshi.insight.logic.recording import Recording
from yijianshi.insight.logic.replay import Change, ChangeKind, Runner, changes, replay
from yijianshi.insight.logic.wording import plan_recording, tell_change, tell_group

ALLOWANCE = "childcare-allowance"


def altered(thing_: CompiledThing, update: dict[str, object]) -> CompiledThing:
    return CompiledThing.model_validate(thing_.model_copy(update=update).model_dump(mode="json"))


def test_the_same_version_moves_nobody() -> None:
    found = replay(thing("newborn"), thing("newborn"), recordings("newborn", 20), CALENDAR)
    assert (found.total, found.moved, found.stayed, found.each, found.groups) == (20, 0, 20, (), ())
    assert found.days_before == found.days_after
    assert sum(found.days_before.values()) == 20


def test_nothing_recorded_gives_nothing() -> None:
    found = replay(thing("newborn"), thing("newborn"), [], CALENDAR)
    assert (found.total, found.distinct, found.moved) == (0, 0, 0)


def test_the_quick_way_and_the_plain_way_agree_on_recordings() -> None:
    for code in ("newborn", "restaurant", "transport-company"):
        runner = Runner(thing(code), CALENDAR)
        for one in recordings(code, 10):
            assert runner.path(one) == path_of(plan_recording(thing(code), one, CALENDAR))


def test_an_item_under_a_stricter_condition_is_told_with_its_reason() -> None:
    old = thing("newborn")
    use = next(one for one in old.items if one.code == ALLOWANCE)
    strict = use.model_copy(update={"when": "parents.marital_status == 'MARRIED' and " + (use.when or "true")})
    new = altered(old, {"sha": "a" * 64, "items": tuple(strict if one is use else one for one in old.items)})
    some = recordings("newborn", 40)
    found = replay(old, new, some, CALENDAR)
    plain = [
        one
        for one in some
        if ALLOWANCE in plan_recording(old, one, CALENDAR).included()
        and ALLOWANCE not in plan_recording(new, one, CALENDAR).included()
    ]
    gone = {change: count for change, count in found.each if change.subject == ALLOWANCE}
    assert gone[Change(ChangeKind.ITEM_GONE, ALLOWANCE)] == len(plain) > 0
    group = next(one for one in found.groups if one.changes[0].kind is ChangeKind.ITEM_GONE)
    told = tell_group(group, (old, new), CALENDAR)
    assert told.count == group.count
    assert told.changes[0].text.zh == f"不再办“{old.item(ALLOWANCE).name.zh}”"
    assert "婚姻" in told.changes[0].after.zh  # the condition that made the difference
    assert told.examples[0].answers


def test_equal_recordings_count_as_often_as_they_occur() -> None:
    one = recordings("newborn", 1)[0]
    many = Recording(one.on, one.kept, one.present, one.declined, one.held, one.prior, one.choices, 250)
    found = replay(thing("newborn"), thing("newborn"), [many], CALENDAR)
    assert (found.total, found.distinct) == (250, 1)


def test_a_question_that_vanished_is_counted_not_guessed() -> None:
    old = thing("newborn")
    gone = "mother.insurance"
    new = altered(
        old,
        {
            "sha": "b" * 64,
            "elements": tuple(one for one in old.elements if one.name != gone),
            "questions": tuple(one for one in old.questions if one.fact != gone),
        },
    )
    some = [one for one in recordings("newborn", 30) if gone in one.kept]
    found = replay(old, new, some, CALENDAR)
    assert found.unused == {gone: len(some)}
    undecided = [change for change, _ in found.each if change.kind is ChangeKind.ITEM_UNDECIDED]
    assert [one.subject for one in undecided] == ["maternity-benefit"]
    assert "看不出来" in tell_change(undecided[0], (old, new)).zh


def test_a_shorter_promise_is_told() -> None:
    path = "items/health/childcare-allowance.yaml"
    new = changed("newborn", {path: ("promise: {working_days: ", "promise: {working_days: 1")})
    found = replay(thing("newborn"), new, recordings("newborn", 12), CALENDAR)
    told = [change for change, _ in found.each if change.kind is ChangeKind.PROMISE]
    assert told
    assert found.days_before != found.days_after
    assert " → " in tell_change(told[0], (thing("newborn"), new)).en


@pytest.mark.parametrize("code", ["newborn", "restaurant"])
def test_no_change_between_equal_paths(code: str) -> None:
    runner = Runner(thing(code), CALENDAR)
    one = runner.path(Recording(date(2026, 3, 2), {}, ()))
    assert changes(one, one) == ()
