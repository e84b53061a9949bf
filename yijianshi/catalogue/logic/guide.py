"""The guide: ask only what can still change the outcome, the most decisive first; a changed answer drops what no longer matters.

The outcome is: which items apply, what each of them needs, who may supply it, and whether the combined channel is open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yijianshi.catalogue.logic.compiled import CompiledThing, Question
from yijianshi.catalogue.logic.liveness import Memory, live_names
from yijianshi.catalogue.logic.prepared import Prepared, prepare
from yijianshi.kernel.rules import Environment, Expr
from yijianshi.kernel.rules.ir import Literal

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
    """What is not settled yet: the route, which items apply, and everything else; each a residual expression."""

    route: Expr
    applicability: tuple[Expr, ...]
    outcomes: tuple[Expr, ...]

    def weighted(self) -> Iterable[tuple[Expr, int]]:
        """Yield each open expression with its weight; the route carries all items at once."""
        if not isinstance(self.route, Literal):
            yield self.route, max(1, len(self.applicability))
        # Outside the combined channel each item has its own plan; only which items apply is still of interest.
        single = isinstance(self.route, Literal) and self.route.value is False
        for expr in self.applicability if single else self.outcomes:
            if not isinstance(expr, Literal):
                yield expr, 1

    def fold(self, facts: Answers, memory: Memory) -> "_Open":
        """Return what stays open once these facts are known."""
        return _Open(
            memory.residual(self.route, facts),
            tuple(memory.residual(expr, facts) for expr in self.applicability),
            tuple(memory.residual(expr, facts) for expr in self.outcomes),
        )


def next_question(thing: CompiledThing, answers: Answers, declined: frozenset[str], env: Environment) -> Question | None:
    """Return the question to ask now, or None when no answer can change the outcome any more."""
    return walk(thing, answers, declined, env).question


def asked(thing: CompiledThing, answers: Answers, declined: frozenset[str], env: Environment) -> list[Question]:
    """Return the answered questions in the order they are asked, without those that no longer matter after a change."""
    return [step.question for step in walk(thing, answers, declined, env).asked]


def walk(thing: CompiledThing, answers: Answers, declined: frozenset[str], env: Environment) -> Walk:
    """Replay the guide from the start with these answers; facts that are no questions count as known from the beginning."""
    prepared = prepare(thing)
    memory = Memory(prepared, env)
    given = {name: value for name, value in answers.items() if name not in thing.questions_by_fact}
    still_open = _Open(prepared.route, prepared.applicability, prepared.outcomes).fold(given, memory)
    steps: dict[str, Answered] = {}
    while (question := _most_decisive(prepared, still_open, steps, memory)) is not None:
        name = question.fact
        if name in answers:
            steps[name] = Answered(question, answers[name])
            still_open = still_open.fold({name: answers[name]}, memory)
        elif name in declined:
            steps[name] = Answered(question, None, declined=True)
        else:
            break
    return Walk(tuple(steps.values()), question)


def open_questions(thing: CompiledThing, facts: Answers, declined: frozenset[str], env: Environment) -> tuple[str, ...]:
    """Return the facts of all questions that can still change the outcome, in authored order."""
    prepared = prepare(thing)
    memory = Memory(prepared, env)
    still_open = _Open(prepared.route, prepared.applicability, prepared.outcomes).fold(facts, memory)
    live: set[str] = set()
    for expr, _ in still_open.weighted():
        live |= live_names(memory, expr, declined)
    return tuple(question.fact for question in thing.questions if question.fact in live and question.fact not in declined)


def _most_decisive(prepared: Prepared, still_open: _Open, steps: Mapping[str, Answered], memory: Memory) -> Question | None:
    unknown = frozenset(name for name, step in steps.items() if step.declined)
    scores: dict[str, int] = {}
    for expr, weight in still_open.weighted():
        for name in live_names(memory, expr, unknown):
            scores[name] = scores.get(name, 0) + weight * memory.share(expr, name)
    best: Question | None = None
    for question in prepared.thing.questions:
        score = scores.get(question.fact, 0)
        if score and question.fact not in steps and (best is None or score > scores[best.fact]):
            best = question
    return best


__all__ = ["Answered", "Walk", "asked", "next_question", "open_questions", "walk"]
