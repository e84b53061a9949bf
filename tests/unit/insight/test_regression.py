"""A recording as a worked example: it is valid content, it holds, and it notices a change."""

import pytest

from tests.unit.insight.content import CALENDAR, changed, files, recordings, thing
from yijianshi.catalogue.logic.examples import run_example
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.schema import Example
from yijianshi.catalogue.logic.yaml_lines import parse_yaml
from yijianshi.insight.logic.recording import Recording
from yijianshi.insight.logic.regression import example_of


def read(text: str) -> Example:
    return Example.model_validate(parse_yaml(text).value)


@pytest.mark.parametrize("code", ["newborn", "restaurant", "second-hand-home", "transport-company"])
def test_the_example_of_a_recording_holds(code: str) -> None:
    for one in recordings(code, 5):
        made = example_of(thing(code), one, CALENDAR)
        assert made.path.startswith(f"things/{code}/examples/recorded-")
        assert run_example(thing(code), read(made.text), CALENDAR) == []


def test_with_a_certificate_that_is_told_from_another() -> None:
    base = recordings("newborn", 1)[0]
    held = (("resident-id-card", "applicant", "applicant-id-card"), ("marriage-certificate", "applicant", "marriage-certificate"))
    one = Recording(base.on, base.kept, base.present, base.declined, held)
    made = example_of(thing("newborn"), one, CALENDAR)
    assert read(made.text).expect.materials["applicant-id-card"] == "SATISFIED"  # type: ignore[index]
    assert run_example(thing("newborn"), read(made.text), CALENDAR) == []


def test_the_check_finds_nothing_wrong_with_it() -> None:
    texts = files()
    before = {finding.line("en") for finding in check_files(texts, CALENDAR)[1]}
    made = [example_of(thing(code), one, CALENDAR) for code in ("newborn", "restaurant") for one in recordings(code, 2)]
    after = {finding.line("en") for finding in check_files(texts | {one.path: one.text for one in made}, CALENDAR)[1]}
    assert after == before


def test_it_notices_a_longer_promise() -> None:
    path = "items/health/childcare-allowance.yaml"
    new = changed("newborn", {path: ("promise: {working_days: ", "promise: {working_days: 1")})
    made = [example_of(thing("newborn"), one, CALENDAR) for one in recordings("newborn", 8)]
    moved = [run_example(new, read(one.text), CALENDAR) for one in made]
    assert any(mismatch.key == "promise_working_days" for mismatches in moved for mismatch in mismatches)
