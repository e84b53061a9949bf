"""Invented applications: plausible answers drawn by chance, for demonstrations and tests. Never mixed with real ones."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from yijianshi.catalogue.logic import guide, planning
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.paths import Paths
from yijianshi.catalogue.logic.plan import FieldStatus, Route
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.schema import Element, ElementType
from yijianshi.catalogue.logic.values import BEIJING
from yijianshi.insight.logic.recording import Application
from yijianshi.kernel.rules import Environment, evaluate, parse

_TRIES = 6  # answers tried until one leaves the combined channel open
_WANTS_TOGETHER = 0.93  # of those who begin; the others find out that theirs are single items
_DECLINES = 0.03
_DAYS = (3, 8, 15, 25, 40, 70, 120, 200, 400, 900, 7_000, 12_000)
_COUNTS = (1, 1, 2, 3, 4, 6, 9, 15, 30, 60, 120, 300)


class Chance(Protocol):
    """A seeded source of chance; ``random.Random`` is one."""

    def random(self) -> float:
        """Return a number from 0 up to 1."""
        ...

    def choice(self, seq: Sequence[object]) -> object:
        """Return one of them."""
        ...

    def randint(self, a: int, b: int) -> int:
        """Return a whole number from *a* to *b*, both possible."""
        ...


def sample(thing: CompiledThing, env: Environment, chance: Chance, paths: Paths) -> Application:
    """Return one invented application of *thing* on the day of *env*: guide answered, form filled in; *paths* are the thing's."""
    together = chance.random() < _WANTS_TOGETHER
    drawn: dict[str, object] = {}
    declined: frozenset[str] = frozenset()
    for question in expanded(thing, drawn).questions:
        if question.unknown is not None and chance.random() < _DECLINES:
            declined |= {question.fact}
        else:
            drawn[question.fact] = _answer(thing.element(question.fact), drawn, (env, chance, paths if together else None))
    walked = guide.walk(thing, drawn, declined, env)  # only what the guide would have asked
    answers = walked.answers()
    declined = frozenset(step.question.fact for step in walked.asked if step.declined)
    plan = planning.plan(thing, answers, env=env, declined=declined)
    wanted = [
        entry.name for entry in plan.fields if entry.status is FieldStatus.ASK and (entry.required or chance.random() < 0.5)
    ]
    filled = {name: _draw(thing.element(name), env, chance) for name in wanted if thing.element(name).sensitivity != "SENSITIVE"}
    facts = answers | {name: value for name, value in filled.items() if value is not None}
    return Application(env.today, facts, tuple(wanted), tuple(declined))


World = tuple[Environment, Chance, Paths | None]


def _answer(element: Element, answers: dict[str, object], world: World) -> object:
    env, chance, paths = world
    value = _draw(element, env, chance)
    for _ in range(_TRIES if paths else 0):
        if value is not None and paths and paths.of(answers | {element.name: value}, on=env.today).route is not Route.SINGLE:
            break
        value = _draw(element, env, chance)
    return _fallback(element, env) if value is None else value


def _draw(element: Element, env: Environment, chance: Chance) -> object | None:
    """Return a value of the element's type within its bounds, or None where only the presence of words would be known."""
    match element.type:
        case ElementType.BOOL:
            return chance.random() < 0.5
        case ElementType.CODE | ElementType.LIST if element.options:
            codes = [option.code for option in element.options]
            if element.type is ElementType.CODE:
                return chance.choice(codes)
            return tuple(code for code in codes if chance.random() < 0.6)
        case ElementType.DATE | ElementType.DATETIME:
            day = env.today - timedelta(days=int(str(chance.choice(_DAYS))) + chance.randint(0, 3))
            return _bounded(element, day if element.type is ElementType.DATE else _noon(day), env)
        case ElementType.INT | ElementType.DECIMAL:
            number = int(str(chance.choice(_COUNTS)))
            return _bounded(element, number if element.type is ElementType.INT else Decimal(number), env)
        case ElementType.REGION:
            return chance.choice(["410105", "410103", "411502", "410305"])
        case _:
            return None


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), BEIJING)


def _bounded(element: Element, value: object, env: Environment) -> object:
    for bound, beyond in ((element.min, -1), (element.max, 1)):
        if bound is None:
            continue
        limit = evaluate(parse(bound), {}, env)
        if type(limit) is type(value) and (value > limit) - (value < limit) == beyond:  # type: ignore[operator]
            value = limit
    return value


def _fallback(element: Element, env: Environment) -> object:
    return env.today if element.type is ElementType.DATE else element.name.upper().replace("_", "")
