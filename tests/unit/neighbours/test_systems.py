"""What the simulators say they do fits the content: every item, every name, every result."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from neighbours.engine.cases import hear, step
from neighbours.engine.declaring import Business, System
from neighbours.engine.messages import Message
from neighbours.engine.store import CHINA, Store
from neighbours.systems import SYSTEMS
from yijianshi.catalogue.content_folder import load_library, national_calendar
from yijianshi.catalogue.logic.checking import check_value
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.values import decode
from yijianshi.kernel.rules import Environment

ROOT = Path(__file__).resolve().parents[3]
BUSINESSES = [(system, one) for system in SYSTEMS.values() for one in system.businesses]
SAMPLES = {"CSRQ": "2026-11-17", "XSECSRQ": "2026-11-17", "SFZH": "410105199508163025", "JFND": "2"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "content")[0]


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda one: one.code)
def test_names_are_known_and_unambiguous(system: System, library: Library) -> None:
    unknown = [name for name in system.names if name not in library.elements]
    assert unknown == []
    assert len(set(system.names.values())) == len(system.names)
    for name, codes in system.codes.items():
        offered = {option.code for option in library.elements[name].model.options}
        assert set(codes) <= offered, name
        assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize(("system", "business"), BUSINESSES, ids=lambda one: getattr(one, "item", getattr(one, "code", "")))
def test_results_fit_what_the_item_produces(system: System, business: Business, library: Library, tmp_path: Path) -> None:
    item = library.items[business.item].model
    assert item.department.kind in system.departments
    store = Store(tmp_path / "x.sqlite3", system)
    sent = Message("m", "case.handed_over", "C-1", 1, "", {"item": business.item, "facts": _facts(system)})
    with store.writing() as db:
        db.execute("INSERT INTO _thread (about) VALUES ('C-1')")
        hear(db, system, sent, due=0)
        step(db, system, "C-1", due=0, hand="accept")
        step(db, system, "C-1", due=0)
        row = db.execute("SELECT body FROM _outgoing WHERE kind = 'case.approved'").fetchone()
    assert row is not None
    _check_results(system, item.produces.facts if item.produces else (), row["body"], library)
    store.close()


def _facts(system: System) -> dict[str, str]:
    return {own: SAMPLES[own] for own in system.names.values() if own in SAMPLES}


def _check_results(system: System, wanted: tuple[str, ...], body: str, library: Library) -> None:
    ours = {own: name for name, own in system.names.items()}
    results = {ours[own]: value for own, value in json.loads(body)["results"].items()}
    assert set(results) == set(wanted)
    for name, value in results.items():
        element = library.elements[name].model
        assert check_value(element, decode(element, value), {}, _environment()) is None, (name, value)


def _environment() -> Environment:
    return Environment(datetime.now(CHINA).date(), national_calendar(ROOT / "content"))
