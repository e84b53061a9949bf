"""The quick path says what the plan says, for every one-thing that ships and invented applications of it."""

import pytest

from tests.unit.insight.content import CALENDAR, MONDAY, applications, library, thing
from yijianshi.catalogue.logic.examples import example_offers, plan_example
from yijianshi.catalogue.logic.paths import Paths, path_of
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.supplying import effective_facts, supply
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.kernel.rules import Environment

EXAMPLES = list(library().examples)


@pytest.mark.parametrize("code", sorted(library().things))
def test_a_path_is_the_plan_without_its_words(code: str) -> None:
    paths = Paths(thing(code), CALENDAR)
    for one in applications(code, 12):
        assert paths.of(one.facts, on=one.on) == path_of(plan(thing(code), one.facts, env=Environment(one.on, CALENDAR)))


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=[document.path for document in EXAMPLES])
def test_with_offers_and_choices_too(number: int) -> None:
    example = EXAMPLES[number].model
    whole, env, offers = thing(example.thing), Environment(example.on, CALENDAR), example_offers(example)
    facts = {name: decode_answer(whole, name, raw) for name, raw in example.answers.items()}
    supplied = supply(whole, facts, offers, env)
    known = effective_facts(facts, supplied, offers)
    quick = Paths(whole, CALENDAR).of(known, on=example.on, offers=offers, choices=example.choices)
    assert quick == path_of(plan_example(whole, example, CALENDAR))


def test_half_an_application_leaves_the_same_things_open() -> None:
    for one in applications("newborn", 6):
        for kept in range(0, len(one.facts), 3):
            facts = dict(list(one.facts.items())[:kept])
            quick = Paths(thing("newborn"), CALENDAR).of(facts, on=MONDAY)
            assert quick == path_of(plan(thing("newborn"), facts, env=Environment(MONDAY, CALENDAR)))
