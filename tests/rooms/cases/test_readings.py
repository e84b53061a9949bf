"""Readings where the law is silent are content: another city writes another figure, and the case follows it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.rooms.cases.acts import BIRTH, answer, ask
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands
from yijianshi.cases.logic.states import ACTIONS, basis_of
from yijianshi.cases.models import Case
from yijianshi.cases.queries import items
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.schema import Item
from yijianshi.catalogue.logic.schema.item import Limit, Procedure, Recheck
from yijianshi.foundation import history


@pytest.fixture
def case(town: Town) -> Case:
    return newborn.case_of(newborn.apply(town, MONDAY), BIRTH)


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    items.limits_of.cache_clear()
    yield
    items.limits_of.cache_clear()


def as_a_city_writes_it(monkeypatch: pytest.MonkeyPatch, case: Case, **changed: Any) -> None:
    """Let the case's item say something else than the content that ships."""
    thing = items.thing_of(case.version_id)
    item = thing.item(BIRTH)
    correction = item.limits.correction.model_copy(update={key: changed.pop(key) for key in ("recheck",) if key in changed})
    limits = item.limits.model_copy(update={"correction": correction} | {k: changed.pop(k) for k in ("legal",) if k in changed})
    other = item.model_copy(update={"limits": limits, **changed})
    uses = tuple(use.model_copy(update={"definition": other}) if use.code == BIRTH else use for use in thing.items)
    parts = {name: getattr(thing, name) for name in CompiledThing.model_fields} | {"items": uses}
    monkeypatch.setattr(items, "thing_of", lambda _: CompiledThing(**parts))
    items.limits_of.cache_clear()


@pytest.mark.parametrize(
    ("recheck", "act_by"),
    [
        (Recheck(working_days=5, confidence="D"), date(2026, 3, 9)),
        (Recheck(working_days=2, confidence="P"), date(2026, 3, 4)),
        (Recheck(working_days=None, confidence="P"), None),
        (None, date(2026, 3, 9)),
    ],
)
def test_how_long_a_correction_may_be_looked_at(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch, recheck: Recheck | None, act_by: date | None
) -> None:
    as_a_city_writes_it(monkeypatch, case, recheck=recheck)
    assert case.act_by == date(2026, 3, 9)
    ask(town, case, ("field", "child.name"))
    answer(town, case.application_id, MONDAY, child__name="李小圆")
    case.refresh_from_db()
    assert (case.state, case.act_by) == ("RECEIVED", act_by)


@pytest.mark.parametrize(("law", "start"), [("DIRECT", "行政许可法"), ("BY_ANALOGY", "参照行政许可法"), ("NONE", "")])
def test_whether_the_licensing_law_is_cited(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch, law: Any, start: str
) -> None:
    as_a_city_writes_it(monkeypatch, case, procedure=Procedure(licensing_law=law, confidence="D"))
    commands.accept([case.id], by=newborn.officer_of(town, case), at=MONDAY)
    line = [line.entry for line in history.list_for("case", case.id) if line.entry.action == "accept"][-1]
    assert line.basis == basis_of(ACTIONS["accept"], law)
    assert line.basis.startswith(start)
    assert bool(line.basis) == bool(start)


def test_content_from_before_follows_the_law_as_it_did(town: Town, case: Case) -> None:
    item: Item = items.item_of(case.version_id, BIRTH)
    assert item.model_copy(update={"procedure": None}).under_licensing_law == "BY_ANALOGY"
    assert item.model_copy(update={"procedure": None, "task_type": "01"}).under_licensing_law == "DIRECT"


def test_a_legal_limit_in_calendar_days_is_set_at_acceptance(town: Town, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    as_a_city_writes_it(monkeypatch, case, legal=Limit(unit="CALENDAR_DAYS", days=5, rest_day_moves=True, confidence="D"))
    commands.accept([case.id], by=newborn.officer_of(town, case), at=MONDAY)
    case.refresh_from_db()
    assert (case.promised_on, case.legal_due_on) == (date(2026, 3, 3), date(2026, 3, 9))  # 7 March is a Saturday
