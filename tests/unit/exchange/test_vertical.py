"""A ministry's system: its hours and its pace, its logs read into our numbers, its codes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from yijianshi.exchange.connectors.port import Away, Refused
from yijianshi.exchange.connectors.vertical import theirs
from yijianshi.exchange.connectors.vertical.bearing import Pace, seconds_until_open
from yijianshi.exchange.connectors.vertical.options import Hours, VerticalOptions

STATES = {"20": "case.accepted", "22": "", "30": "case.approved", "90": "case.withdrawn"}
OFFICE = Hours.model_validate({"opens": "08:30", "closes": "17:30"})
NIGHT = Hours.model_validate({"opens": "02:00", "closes": "03:00", "days": [1, 2, 3, 4, 5, 6, 7]})


@pytest.mark.parametrize(
    ("hours", "moment", "hours_to_wait"),
    [
        (OFFICE, "2026-11-23T00:30:00", 0),  # Monday 08:30 in Beijing
        (OFFICE, "2026-11-23T00:00:00", 0.5),
        (OFFICE, "2026-11-23T09:30:00", 15),  # closes at 17:30 sharp
        (OFFICE, "2026-11-27T10:00:00", 62.5),  # Friday 18:00 to Monday 08:30
        (NIGHT, "2026-11-22T18:30:00", 0),  # 02:30 the next day in Beijing
        (NIGHT, "2026-11-22T19:00:00", 23),
        (None, "2026-11-22T19:00:00", 0),
    ],
)
def test_hours_are_beijing_hours(hours: Hours | None, moment: str, hours_to_wait: float) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    assert seconds_until_open(hours, now) == hours_to_wait * 3600


def test_the_pace_is_shared_by_all_who_use_the_folder(tmp_path: Path) -> None:
    now = [1000.0]
    one, other = (Pace(str(tmp_path), 3, lambda: now[0]) for _ in range(2))
    for pace in (one, other, one):
        pace.take()
        now[0] += 10
    with pytest.raises(Away) as told:
        other.take()
    assert told.value.after == 30
    now[0] += 30
    other.take()
    with pytest.raises(Away):
        one.take()


def test_a_half_written_count_begins_again(tmp_path: Path) -> None:
    (tmp_path / "requests.json").write_text("[1000.0, 10")
    Pace(str(tmp_path), 1, lambda: 1000.0).take()
    with pytest.raises(Away):
        Pace(str(tmp_path), 1, lambda: 1001.0).take()


def step(number: int, code: str, waiting: str = "1") -> dict[str, Any]:
    return {"XH": number, "ZTDM": code, "SJ": "2026-11-23T09:00:00+08:00", "NR": {}, "DQ": waiting}


def heard(*steps: dict[str, Any]) -> tuple[list[tuple[int, str]], set[str]]:
    found, strange = theirs.heard({"RZ": [{"SLBH": "QG1", "YWLSH": "C-1", "LS": list(steps)}]}, STATES, "ministry")
    return [(one.message.sequence, one.message.kind) for one in found], strange


def test_steps_of_their_own_take_no_number_of_ours() -> None:
    log = (step(10, "20"), step(15, "22"), step(20, "30"))
    assert heard(*log) == ([(1, "case.accepted"), (2, "case.approved")], set())
    assert heard(*reversed(log)) == heard(*log)
    assert heard(step(10, "20", "0"), *log[1:])[0] == [(2, "case.approved")]


def test_ids_are_the_same_whenever_it_is_asked() -> None:
    inside = {"RZ": [{"SLBH": "QG1", "YWLSH": "C-1", "LS": [step(10, "20"), step(20, "30")]}]}
    first, again = (theirs.heard(inside, STATES, "ministry")[0] for _ in range(2))
    assert [one.message.id for one in first] == [one.message.id for one in again]
    assert len({one.message.id for one in first}) == 2
    assert theirs.heard(inside, STATES, "other")[0][0].message.id != first[0].message.id


def test_a_log_is_read_up_to_a_code_without_meaning_and_other_logs_go_on() -> None:
    assert heard(step(10, "20"), step(15, "77"), step(20, "30")) == ([(1, "case.accepted")], {"77"})
    logs = [{"SLBH": f"QG{n}", "YWLSH": f"C-{n}", "LS": [step(10, code)]} for n, code in ((1, "77"), (2, "20"))]
    found, _ = theirs.heard({"RZ": logs}, STATES, "ministry")
    assert [one.message.about for one in found] == ["C-2"]


@pytest.mark.parametrize("inside", [{}, {"RZ": [{}]}, {"RZ": [{"SLBH": "QG1", "YWLSH": "C 1", "LS": []}]}, {"RZ": "x"}])
def test_logs_in_another_form_are_not_believed(inside: dict[str, Any]) -> None:
    with pytest.raises(Away):
        theirs.heard(inside, STATES, "ministry")


@pytest.mark.parametrize(
    ("answer", "error"),
    [({"FHM": "4400", "FHXX": "x"}, Refused), ({"FHM": "9999"}, Away), ({"FHM": "0000"}, Away), ({}, Away), ({"FHM": 0}, Away)],
)
def test_their_return_codes(answer: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        theirs.opened(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"states": {}},
        {"states": {"20": "case.exploded"}},
        {"hours": {"opens": "17:30", "closes": "08:30"}},
        {"hours": {"opens": "08:30", "closes": "17:30", "days": [8]}},
        {"per_minute": 0},
    ],
)
def test_options_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    good: dict[str, Any] = {"address": "http://127.0.0.1:1", "states": STATES}
    VerticalOptions.model_validate(good)
    with pytest.raises(ValidationError):
        VerticalOptions.model_validate({**good, **wrong})
