"""Open rules of a path: settled once for all days where they do not read the day, anew each day where they do."""

from datetime import date, timedelta

import pytest

from tests.unit.insight.content import CALENDAR, MONDAY, applications, library, thing
from yijianshi.catalogue.logic.liveness import Arena
from yijianshi.catalogue.logic.path_settling import Settling
from yijianshi.catalogue.logic.prepared import condition_key, prepare
from yijianshi.kernel.rules import Environment, parse

DAYS = [MONDAY + timedelta(days=40 * number) for number in range(3)]


@pytest.mark.parametrize("code", sorted(library().things))
def test_what_is_remembered_is_what_a_fresh_look_at_that_day_says(code: str) -> None:
    prepared = prepare(thing(code))
    settling = Settling(prepared, prepared.exprs)
    facts = list(applications(code, 1)[0].facts.items())
    for day in DAYS:
        env = Environment(day, CALENDAR)
        for kept in (0, len(facts) // 2, len(facts)):
            known, fresh = dict(facts[:kept]), Arena(prepared.domains, env)
            for key, expr in prepared.exprs.items():
                assert settling.whatever(key, known, env) == fresh.settled(expr, known), (key, day)


@pytest.mark.parametrize("code", sorted(library().things))
def test_conditions_together_are_the_route_while_all_are_open(code: str) -> None:
    prepared, env = prepare(thing(code)), Environment(MONDAY, CALENDAR)
    keys = [condition_key(place) for place in range(len(thing(code).conditions))]
    settling = Settling(prepared, prepared.exprs)
    assert settling.together(keys, {}, env) == Arena(prepared.domains, env).settled(prepared.route, {})


def test_a_rule_about_the_day_is_asked_again_on_another_day() -> None:
    rules = {"before": parse("today() < date(2026, 4, 1)")}
    settling = Settling(prepare(thing("newborn")), rules)
    told = [settling.whatever("before", {}, Environment(day, CALENDAR)) for day in (date(2026, 3, 2), date(2026, 4, 2))]
    assert told == [True, False]
