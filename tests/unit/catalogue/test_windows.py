"""When applications are taken: clock boundaries to the second, in Beijing time, working days or not."""

from datetime import UTC, datetime

import pytest

from tests.unit.catalogue.stall import CALENDAR, with_change
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.windows import BEIJING, Intake, Season, intake, slots
from yijianshi.kernel.rules import Environment

LOCAL = "{label: {zh: 本市户籍, en: Local children}, opens: 2026-08-09, closes: 2026-08-11, hours: '09:00-17:00', when: \"stall.food == True\", confidence: D}"  # noqa: E501
OTHERS = '{label: {zh: 其他, en: Others}, opens: 2026-08-15, closes: 2026-08-16, when: "stall.food == False", confidence: D}'


def stall(*windows: str) -> CompiledThing:
    files = with_change("things/stall/thing.yaml", "form:\n", f"windows: [{', '.join(windows)}]\nform:\n")
    library, findings = check_files(files, CALENDAR)
    assert not findings.errors, [finding.line() for finding in findings]
    return compile_thing(library, "stall")


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=BEIJING)


def asked(moment: str, food: bool | None = True) -> Intake:
    when = at(moment)
    facts = {} if food is None else {"stall.food": food}
    return intake(stall(LOCAL, OTHERS), facts, Environment(when.date(), CALENDAR), when.astimezone(UTC))


# 2026-08-09 is a Sunday: a window is open on it all the same.
@pytest.mark.parametrize(
    ("moment", "season", "opens"),
    [
        ("2026-08-08T23:59:59", Season.CLOSED, "2026-08-09T09:00"),
        ("2026-08-09T08:59:59", Season.CLOSED, "2026-08-09T09:00"),
        ("2026-08-09T09:00:00", Season.OPEN, None),
        ("2026-08-09T16:59:59", Season.OPEN, None),
        ("2026-08-09T17:00:00", Season.CLOSED, "2026-08-10T09:00"),
        ("2026-08-11T16:59:59", Season.OPEN, None),
        ("2026-08-11T17:00:00", Season.OVER, None),
    ],
)
def test_hours_are_kept_to_the_second(moment: str, season: Season, opens: str | None) -> None:
    found = asked(moment)
    assert (found.season, found.opens_at) == (season, at(opens) if opens else None)
    assert found.is_open is (season is Season.OPEN)


@pytest.mark.parametrize(
    ("moment", "season"),
    [
        ("2026-08-14T23:59:59", Season.CLOSED),
        ("2026-08-15T00:00:00", Season.OPEN),
        ("2026-08-16T23:59:59", Season.OPEN),
        ("2026-08-17T00:00:00", Season.OVER),
    ],
)
def test_a_window_without_hours_lasts_from_midnight_to_midnight(moment: str, season: Season) -> None:
    assert asked(moment, food=False).season is season


def test_the_words_name_the_next_window_in_beijing_time_or_that_it_is_over() -> None:
    closed = asked("2026-08-09T17:00:00").text
    assert closed is not None
    assert "“本市户籍”下一次从 2026年8月10日（周一）09:00" in closed.zh
    assert "'Local children' opens next at Mon 10 Aug 2026 09:00 (Beijing time)" in closed.en
    over = asked("2026-08-17T00:00:00", food=False).text
    assert over is not None
    assert "2026年8月16日（周日）24:00" in over.zh
    assert "Sun 16 Aug 2026 24:00" in over.en


def test_an_unknown_condition_counts_as_one_that_applies() -> None:
    assert asked("2026-08-15T12:00:00", food=None).is_open
    assert asked("2026-08-09T12:00:00", food=None).is_open


def test_whom_no_window_fits_is_told_so() -> None:
    when = at("2026-08-09T12:00:00")
    found = intake(stall(LOCAL), {"stall.food": False}, Environment(when.date(), CALENDAR), when)
    assert found.season is Season.NONE
    assert not found.is_open
    assert found.text is not None


def test_a_thing_without_windows_is_always_open() -> None:
    library, _ = check_files(with_change("things/stall/thing.yaml", "form:\n", "form:\n"), CALENDAR)
    when = at("2026-08-09T03:00:00")
    assert intake(compile_thing(library, "stall"), {}, Environment(when.date(), CALENDAR), when).is_open


def test_one_item_alone_is_taken_when_the_whole_is() -> None:
    files = with_change("things/stall/thing.yaml", "form:\n", f"windows: [{LOCAL}]\nform:\n")
    library, _ = check_files(files, CALENDAR)
    single = compile_thing(library, "item:food-check")
    assert single.windows == library.thing("stall").windows
    assert "stall.food" in single.questions_by_fact  # what the window asks can be answered there too


def test_slots_say_each_window_in_both_languages() -> None:
    local, others = slots(stall(LOCAL, OTHERS))
    assert local.when.zh == "2026年8月9日（周日）至2026年8月11日（周二），每天 09:00-17:00"
    assert others.when.en == "Sat 15 Aug 2026 to Sun 16 Aug 2026"
