"""What a recording keeps of an application, and what it never keeps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.unit.insight.content import CALENDAR, applications, library, recordings, thing
from yijianshi.catalogue.logic.schema import ElementType
from yijianshi.insight.logic.recording import Application, Reader, Recording, grouped, record, standing_out
from yijianshi.insight.logic.replay import Runner
from yijianshi.insight.logic.stored import from_json, to_json

DAY = date(2026, 3, 5)
FACTS = {
    "applicant.relation": "MOTHER",
    "child.birth_date": DAY - timedelta(days=16),
    "child.name": "王小宝",
    "mother.id_number": "410105199508163025",
    "mother.phone": "19900000001",
    "maternity.settled": True,
    "choice.services": ("ALLOWANCE", "SOCIAL_CARD"),
}


def test_words_numbers_and_sensitive_facts_leave_only_their_presence() -> None:
    newborn = thing("newborn")
    kept = record(
        newborn, Application(DAY, {name: value for name, value in FACTS.items() if name in newborn.elements_by_name}, ())
    )
    assert kept.kept == {
        "applicant.relation": "MOTHER",
        "child.birth_date": -14,
        "maternity.settled": True,
        "choice.services": ["ALLOWANCE", "SOCIAL_CARD"],
    }
    assert "child.name" in kept.present
    assert "王小宝" not in str(to_json(kept))
    assert "410105199508163025" not in str(to_json(kept))
    assert kept.on == date(2026, 3, 2)  # the Monday of the week


@pytest.mark.parametrize("code", sorted(library().things))
def test_no_recording_holds_words_or_sensitive_values(code: str) -> None:
    elements = thing(code).elements_by_name
    words = {
        ElementType.TEXT,
        ElementType.ID_NUMBER,
        ElementType.USCC,
        ElementType.PHONE,
        ElementType.ADDRESS,
        ElementType.ACCOUNT,
    }
    for one in recordings(code, 8):
        for name in one.kept:
            assert elements[name].sensitivity != "SENSITIVE"
            assert elements[name].type not in words


@pytest.mark.parametrize(
    ("days", "kept"),
    [(0, 0), (-6, 0), (-7, -7), (-60, -56), (-61, -60), (-89, -60), (-730, -720), (-731, -730), (20, 14), (-9_000, -8_760)],
)
def test_days_away_are_rounded_towards_the_day_of_submission(days: int, kept: int) -> None:
    made = record(thing("newborn"), Application(DAY, {"child.birth_date": DAY + timedelta(days=days)}, ()))
    assert made.kept == {"child.birth_date": kept}
    fine = record(thing("newborn"), Application(DAY, {"child.birth_date": DAY + timedelta(days=days)}, ()), fine=True)
    assert fine.kept == {"child.birth_date": days}


def test_numbers_and_places_are_rounded() -> None:
    restaurant = thing("restaurant")
    numbers = [one for one in restaurant.elements if one.type in (ElementType.INT, ElementType.DECIMAL)]
    facts = {one.name: Decimal("1234.5") if one.type is ElementType.DECIMAL else 1234 for one in numbers}
    made = record(restaurant, Application(DAY, facts, ()))
    assert made.kept
    assert set(made.kept.values()) <= {1200, "1200"}
    places = [one.name for one in restaurant.elements if one.type is ElementType.REGION]
    found = record(restaurant, Application(DAY, dict.fromkeys(places, "410105"), ())).kept
    assert set(found.values()) <= {"410100"}


def test_a_recording_takes_the_path_of_its_application() -> None:
    runner = Runner(thing("newborn"), CALENDAR)
    for one in applications("newborn", 10):
        fine = runner.path(record(runner.thing, one, fine=True))
        assert fine.route == runner.path(record(runner.thing, one)).route
        assert fine.items


def test_equal_recordings_are_one_with_a_count_and_rare_ones_stand_out() -> None:
    one = Recording(DAY, {"maternity.settled": True}, ("child.name",))
    other = Recording(DAY, {"maternity.settled": False}, ("child.name",))
    merged = grouped([one, other, one, one, one, one])
    assert sorted(each.count for each in merged) == [1, 5]
    assert standing_out(merged) == 1
    assert standing_out([]) == 0


def test_recordings_survive_storing() -> None:
    for one in recordings("restaurant", 5):
        back = from_json(one.on, to_json(one), one.count)
        assert back.digest == one.digest
        assert Reader(thing("restaurant")).facts(back) == Reader(thing("restaurant")).facts(one)


def test_what_a_version_no_longer_knows_is_left_out() -> None:
    one = Recording(
        DAY, {"gone.answer": True, "applicant.relation": "NO_SUCH_OPTION", "child.birth_date": "2026-01-01"}, ("gone.name",)
    )
    assert Reader(thing("newborn")).facts(one) == {}
