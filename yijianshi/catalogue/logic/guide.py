"""The guide: ask only what can still change the outcome, the most decisive first; a changed answer drops what no longer matters.

The outcome is: which items apply, what each of them needs, who may supply it, and whether the combined channel is open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yijianshi.catalogue.logic.compiled import CompiledThing, Question
from yijianshi.catalogue.logic.liveness import Arena, Bag, arena_of
from yijianshi.catalogue.logic.prepared import Prepared, prepare
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.kernel.rules import Environment

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it was asked, with the answer, or ``declined`` for "I don't know"."""

    question: Question
    value: object | None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through the guide: what was asked in which order, and what comes next (None = nothing more can change)."""

    asked: tuple[Answered, ...]
    question: Question | None

    def answers(self) -> dict[str, object]:
        """Return the answers that still matter."""
        return {step.question.fact: step.value for step in self.asked if not step.declined}


@dataclass(frozen=True, slots=True)
class _Open:
    """What is not settled yet: the route, which items apply, and everything else."""

    arena: Arena
    route: int
    applicability: Bag
    outcomes: Bag

    def weighted(self) -> Iterable[tuple[int, int]]:
        """Yield each open rule with its weight; the route carries all items at once."""
        together = self.arena.value(self.route)
        if together is None:
            yield self.route, max(1, sum(self.applicability.values()))
        # Outside the combined channel each item has its own plan; only which items apply is still of interest.
        for number, count in (self.applicability if together is False else self.outcomes).items():
            if self.arena.value(number) is None:
                yield number, count

    def fold(self, facts: Answers) -> "_Open":
        """Return what stays open once these facts are known."""
        arena = self.arena
        (route,) = arena.fold({self.route: 1}, facts)
        return _Open(arena, route, arena.fold(self.applicability, facts), arena.fold(self.outcomes, facts))


def next_question(thing: CompiledThing, answers: Answers, declined: frozenset[str], env: Environment) -> Question | None:
    """Return the question to ask now, or None when no answer can change the outcome any more."""
    return walk(thing, answers, declined, env).question


def asked(thing: CompiledThing, answers: Answers, declined: frozenset[str], env: Environment) -> list[Question]:
    """Return the answered questions in the order they are asked, without those that no longer matter after a change."""
    return [step.question for step in walk(thing, answers, declined, env).asked]


def walk(thing: CompiledThing, answers: Answers, declined: frozenset[str], env: Environment) -> Walk:
    """Replay the guide from the start with these answers; facts that are no questions count as known from the beginning."""
    thing = expanded(thing, answers)
    prepared = prepare(thing)
    still_open = _start(prepared, env).fold({name: value for name, value in answers.items() if name in prepared.given})
    steps: dict[str, Answered] = {}
    while (question := _most_decisive(thing, still_open, steps)) is not None:
        name = question.fact
        if name in answers:
            steps[name] = Answered(question, answers[name])
            still_open = still_open.fold({name: answers[name]})
        elif name in declined:
            steps[name] = Answered(question, None, declined=True)
        else:
            break
    return Walk(tuple(steps.values()), question)


def open_questions(thing: CompiledThing, facts: Answers, declined: frozenset[str], env: Environment) -> tuple[str, ...]:
    """Return the facts of all questions that can still change the outcome, in authored order."""
    thing = expanded(thing, facts)
    prepared = prepare(thing)
    relevant = {name: value for name, value in facts.items() if name in prepared.mentioned}
    still_open = _start(prepared, env).fold(relevant)
    live: set[str] = set()
    for number, _ in still_open.weighted():
        live |= still_open.arena.live_names(number, declined)
    return tuple(question.fact for question in thing.questions if question.fact in live - declined)


def _start(prepared: Prepared, env: Environment) -> _Open:
    arena = arena_of(prepared, env)
    beginning = arena.beginnings.get(prepared)
    if beginning is None:
        (route,) = arena.start([prepared.route])
        beginning = (route, arena.start(prepared.applicability), arena.start(prepared.outcomes))
        arena.beginnings[prepared] = beginning
    return _Open(arena, *beginning)


def _most_decisive(thing: CompiledThing, still_open: _Open, steps: Mapping[str, Answered]) -> Question | None:
    unknown = frozenset(name for name, step in steps.items() if step.declined)
    arena = still_open.arena
    scores: dict[str, int] = {}
    for number, weight in still_open.weighted():
        for name in arena.live_names(number, unknown):
            scores[name] = scores.get(name, 0) + weight * arena.share(number, name)
    best: Question | None = None
    for question in thing.questions:
        score = scores.get(question.fact, 0)
        if score and question.fact not in steps and (best is None or score > scores[best.fact]):
            best = question
    return best


__all__ = ["Answered", "Walk", "asked", "decode_answer", "next_question", "open_questions", "walk"]
