"""The content that ships: no errors, every worked example comes out, schemas are current."""

from pathlib import Path

import pytest
import yaml

from yijianshi.catalogue import entrance
from yijianshi.catalogue.logic.compiler import all_codes, compile_thing
from yijianshi.catalogue.logic.examples import run_example
from yijianshi.catalogue.logic.json_schemas import schema_files
from yijianshi.catalogue.logic.plan import Route
from yijianshi.catalogue.logic.planning import plan
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.workdays import load_calendar

CONTENT = Path(__file__).parents[3] / "content"
LIBRARY, FINDINGS = entrance.load_library(CONTENT)
CALENDAR = load_calendar(yaml.safe_load((CONTENT / "calendars" / "cn.yaml").read_text(encoding="utf-8")))


def test_the_content_has_no_errors() -> None:
    assert [finding.line("en") for finding in FINDINGS.errors] == []


@pytest.mark.parametrize("number", range(len(LIBRARY.examples)), ids=[document.path for document in LIBRARY.examples])
def test_every_worked_example_comes_out(number: int) -> None:
    document = LIBRARY.examples[number]
    mismatches = run_example(compile_thing(LIBRARY, document.model.thing), document.model, CALENDAR)
    assert [mismatch.text.en for mismatch in mismatches] == []


def test_every_thing_has_examples_of_its_own() -> None:
    shown = [document.model.thing for document in LIBRARY.examples]
    assert {code: shown.count(code) >= 4 for code in LIBRARY.things} == dict.fromkeys(LIBRARY.things, True)


@pytest.mark.parametrize("code", all_codes(LIBRARY))
def test_everything_compiles_and_a_single_item_is_never_refused(code: str) -> None:
    thing = compile_thing(LIBRARY, code)
    found = plan(thing, {}, env=Environment(CALENDAR_DAY, CALENDAR))
    assert len(found.items) == len(thing.items)
    if code.startswith("item:"):
        assert found.route is Route.BUNDLE


def test_the_schemas_in_the_content_folder_are_current() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in (CONTENT / "_schema").glob("*.json")}
    assert found == schema_files(), "run `yijianshi content schema` and commit content/_schema"


CALENDAR_DAY = LIBRARY.examples[0].model.on
