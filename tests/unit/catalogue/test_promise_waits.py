"""Notices and statutory waits in the promise: in every date, apart from every figure, and named."""

from datetime import date

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.plan import Plan
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.promise import promise_dates, promised_on
from yijianshi.kernel.rules import Environment

PERMIT, SIGN = "items/market/permit-issue.yaml", "items/market/sign-filing.yaml"
FACTS = {"stall.kind": "A", "stall.food": True, "stall.sign": True}


def stall(path: str, days: int, unit: str = "CALENDAR_DAYS") -> CompiledThing:
    timer = (
        f"timer: {{kind: PUBLIC_NOTICE, unit: {unit}, days: {days}, then: DECIDE, text: {{zh: 公告。, en: Notice.}},"
        " basis: 条例, confidence: D}\nlimits:"
    )
    files = {**FILES, path: FILES[path].replace("limits:", timer, 1)}
    del files["things/stall/examples/breakfast.yaml"]
    library, findings = check_files(files, CALENDAR)
    assert not findings.errors, [finding.line() for finding in findings]
    return compile_thing(library, "stall")


def planned(thing: CompiledThing, on: date) -> Plan:
    return plan(thing, FACTS, env=Environment(on, CALENDAR))


# permit 3 working days, then the food check 2; the sign 4, beside them
@pytest.mark.parametrize(
    ("path", "days", "unit", "dates", "path_found"),
    [
        # Monday 2 March + 20 days = Sunday 22, so Monday 23 (art. 203); then 3 and 2 working days
        (PERMIT, 20, "CALENDAR_DAYS", ("2026-03-26", "2026-03-30", "2026-03-06"), ("permit-issue", "food-check")),
        (PERMIT, 5, "WORKING_DAYS", ("2026-03-12", "2026-03-16", "2026-03-06"), ("permit-issue", "food-check")),
        (SIGN, 45, "CALENDAR_DAYS", ("2026-03-05", "2026-03-09", "2026-04-22"), ("sign-filing",)),
    ],
)
def test_dates_include_the_wait_in_the_days_it_counts(
    path: str, days: int, unit: str, dates: tuple[str, str, str], path_found: tuple[str, ...]
) -> None:
    on = date(2026, 3, 2)
    promise = planned(stall(path, days, unit), on).promise
    found = promise_dates(promise, on, CALENDAR)
    assert [found[code] for code in ("permit-issue", "food-check", "sign-filing")] == [date.fromisoformat(day) for day in dates]
    assert promise.path == path_found
    assert promised_on(promise, on, CALENDAR) == max(day for day in found.values() if day)


def test_working_days_are_the_departments_own_and_the_wait_is_named() -> None:
    found = planned(stall(PERMIT, 45), date(2026, 3, 2))
    assert found.promise.working_days == 5
    assert [wait.zh for wait in found.promise.waits] == ["其中“摊位证办理”公告 45 天，法律规定不能缩短。"]
    assert "45 days are 'Stall permit' (Notice)" in found.promise.waits[0].en
    wait = found.item("permit-issue").wait
    assert wait is not None
    assert wait.days == 45


def test_a_wait_into_an_unknown_year_gives_no_day() -> None:
    promise = planned(stall(PERMIT, 45), date(2026, 12, 1)).promise
    found = promise_dates(promise, date(2026, 12, 1), CALENDAR)
    assert found["permit-issue"] is found["food-check"] is None
    assert found["sign-filing"] == date(2026, 12, 7)
    assert promised_on(promise, date(2026, 12, 1), CALENDAR) is None
