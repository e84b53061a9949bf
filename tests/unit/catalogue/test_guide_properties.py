"""What the guide promises, against trying out every answer: nothing needless is asked, nothing that matters is left out."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.unit.catalogue.stall import ENV, FILES
from yijianshi.catalogue.logic import guide
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing, fingerprint
from yijianshi.catalogue.logic.loading import load
from yijianshi.catalogue.logic.plan import Plan, Route
from yijianshi.catalogue.logic.planning import plan

QUESTIONS: dict[str, tuple[object, ...]] = {
    "stall.kind": ("A", "B", "C"),
    "stall.food": (True, False),
    "stall.sign": (True, False),
}
LIBRARY = load(FILES)[0]
BASE = compile_thing(LIBRARY, "stall")

leaves = st.sampled_from(
    [
        "stall.kind == 'A'",
        "stall.kind != 'B'",
        "stall.kind in ('B', 'C')",
        "stall.food == True",
        "stall.sign == False",
        "stall.sign",
    ]
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
    ),
    max_leaves=4,
)


@st.composite
def things(draw: st.DrawFn) -> CompiledThing:
    """Return the stall with other conditions everywhere: channel, items, needs, materials."""

    def maybe() -> str | None:
        return draw(st.none() | rules)

    items = []
    for use in BASE.items:
        needs = tuple(need.model_copy(update={"when": maybe()}) for need in use.definition.needs)
        materials = tuple(part.model_copy(update={"when": maybe()}) for part in use.definition.materials)
        definition = use.definition.model_copy(update={"needs": needs, "materials": materials, "advice": (), "checks": ()})
        items.append(use.model_copy(update={"when": maybe(), "definition": definition}))
    conditions = tuple(BASE.conditions[0].model_copy(update={"rule": rule}) for rule in draw(st.lists(rules, max_size=2)))
    elements = tuple(element.model_copy(update={"suppliers": ()}) for element in BASE.elements)
    changed: dict[str, Any] = {"items": tuple(items), "conditions": conditions, "elements": elements}
    thing = BASE.model_copy(update=changed)
    return thing.model_copy(update={"sha": fingerprint(thing)})


def described(thing: CompiledThing) -> str:
    """Return the rules of a drawn thing, for a failing example."""
    lines = [f"if {condition.rule}" for condition in thing.conditions]
    for use in thing.items:
        lines.append(f"{use.code} when {use.when}")
        lines += [f"    {need.fact} when {need.when}" for need in use.definition.needs if need.when]
        lines += [f"    {part.material} when {part.when}" for part in use.definition.materials if part.when]
    return "\n".join(lines)


def all_answers(known: Mapping[str, object], names: list[str]) -> list[dict[str, object]]:
    return [{**known, **dict(zip(names, values, strict=True))} for values in product(*(QUESTIONS[name] for name in names))]


def outcome(thing: CompiledThing, answers: Mapping[str, object]) -> object:
    """Return what matters of a plan: route and items; within the combined channel also every field and material."""
    found: Plan = plan(thing, answers, env=ENV)
    items = [(item.code, item.status) for item in found.items]
    if found.route is Route.SINGLE:
        return (found.route, items)
    # whether a question's own answer is shown as answered is no outcome
    fields = [(f.name, f.needed_by, f.required, f.certain, f.from_item) for f in found.fields]
    materials = [(m.code, m.status, m.needed_by, m.certain, m.satisfier) for m in found.materials]
    return (found.route, items, fields, materials, found.promise.working_days)


def can_matter(thing: CompiledThing, known: Mapping[str, object], name: str, others: list[str]) -> bool:
    """Say whether for some answers to the other questions two answers to this one have different outcomes."""
    for rest in all_answers(known, others):
        seen = [outcome(thing, {**rest, name: value}) for value in QUESTIONS[name]]
        if any(one != seen[0] for one in seen):
            return True
    return False


@settings(max_examples=25, deadline=None)
@given(thing=things(), final=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in QUESTIONS.items()}))
def test_every_question_asked_can_still_change_the_outcome(thing: CompiledThing, final: dict[str, object]) -> None:
    note(described(thing))
    known: dict[str, object] = {}
    while (question := guide.next_question(thing, known, frozenset(), ENV)) is not None:
        others = [name for name in QUESTIONS if name not in known and name != question.fact]
        assert can_matter(thing, known, question.fact, others), (question.fact, known)
        known[question.fact] = final[question.fact]


@settings(max_examples=60, deadline=None)
@given(thing=things(), final=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in QUESTIONS.items()}))
def test_the_questions_asked_give_the_same_plan_as_all_questions(thing: CompiledThing, final: dict[str, object]) -> None:
    walked = guide.walk(thing, final, frozenset(), ENV)
    assert walked.question is None
    assert outcome(thing, walked.answers()) == outcome(thing, final)
    assert plan(thing, walked.answers(), env=ENV).open_questions == ()


@settings(max_examples=25, deadline=None)
@given(thing=things(), final=st.permutations(list(product(["A", "B", "C"], [True, False], [True, False]))), data=st.data())
def test_the_order_of_answers_does_not_change_the_plan(thing: CompiledThing, final: list[Any], data: st.DataObject) -> None:
    answers = dict(zip(QUESTIONS, final[0], strict=True))
    shuffled = {name: answers[name] for name in data.draw(st.permutations(list(QUESTIONS)))}
    one, other = (plan(thing, given, env=ENV) for given in (answers, shuffled))
    assert one == other
    assert guide.walk(thing, answers, frozenset(), ENV) == guide.walk(thing, shuffled, frozenset(), ENV)


@settings(max_examples=25, deadline=None)
@given(
    thing=things(), declined=st.sets(st.sampled_from(list(QUESTIONS))), final=st.sampled_from(list(product("ABC", [True, False])))
)
def test_the_guide_ends_whatever_is_declined_and_never_asks_twice(
    thing: CompiledThing, declined: set[str], final: tuple[str, bool]
) -> None:
    answers: dict[str, object] = {"stall.kind": final[0], "stall.food": final[1], "stall.sign": final[1]}
    known = {name: value for name, value in answers.items() if name not in declined}
    walked = guide.walk(thing, known, frozenset(declined), ENV)
    facts = [step.question.fact for step in walked.asked]
    assert walked.question is None
    assert len(facts) == len(set(facts))
    assert {step.question.fact for step in walked.asked if step.declined} <= declined


@settings(max_examples=20, deadline=None)
@given(thing=things())
def test_more_answers_never_take_back_what_was_certain(thing: CompiledThing) -> None:
    """An item once in or out stays so whatever is answered next; only what is open may change."""
    for known in ({}, {"stall.kind": "A"}, {"stall.food": True}):
        before = {item.code: item.status for item in plan(thing, known, env=ENV).items if item.status != "OPEN"}
        for answers in all_answers(known, [name for name in QUESTIONS if name not in known]):
            after = {item.code: item.status for item in plan(thing, answers, env=ENV).items}
            assert before.items() <= after.items()


def test_a_changed_answer_drops_what_no_longer_matters() -> None:
    thing = BASE
    answers = {"stall.kind": "B", "stall.food": True, "stall.sign": True}
    assert {question.fact for question in guide.asked(thing, answers, frozenset(), ENV)} == set(QUESTIONS)
    only_kind = replace_conditions(thing, "stall.kind != 'C'", "stall.kind == 'B'")
    changed = {**answers, "stall.kind": "C"}
    assert [question.fact for question in guide.asked(only_kind, changed, frozenset(), ENV)] == ["stall.kind"]


def replace_conditions(thing: CompiledThing, rule: str, when: str) -> CompiledThing:
    """Return the thing in which food and sign only matter for one kind of stall."""
    items = tuple(use.model_copy(update={"when": f"{use.when} and {when}"} if use.when else {}) for use in thing.items)
    condition = thing.conditions[0].model_copy(update={"rule": rule})
    return thing.model_copy(update={"items": items, "conditions": (condition,), "sha": ""})


def test_a_declined_question_is_not_asked_again_and_its_item_stays_open() -> None:
    walked = guide.walk(BASE, {"stall.kind": "A", "stall.sign": False}, frozenset({"stall.food"}), ENV)
    assert walked.question is None
    assert [step.question.fact for step in walked.asked if step.declined] == ["stall.food"]
    found = plan(BASE, walked.answers(), env=ENV, declined=frozenset({"stall.food"}))
    assert found.item("food-check").status == "OPEN"
    assert found.open_questions == ()


def test_the_most_decisive_question_comes_first() -> None:
    first = guide.next_question(BASE, {}, frozenset(), ENV)
    assert first is not None
    assert first.fact == "stall.kind"  # it decides the route, a field and a material
