"""这件事帮您省了什么: the figures of this reader's own answers, of the worked examples, and what others have published."""

from collections.abc import Sequence
from dataclasses import dataclass

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Plan, Reduction, Route
from yijianshi.channels.portal.presenting import matters
from yijianshi.channels.portal.presenting.words import REDUCTIONS
from yijianshi.channels.shared.confidence import WORDS as SURE
from yijianshi.channels.shared.planned import Figure
from yijianshi.kernel.text import Text

_MEASURES = ("steps", "materials", "days", "visits")


@dataclass(frozen=True, slots=True)
class Case:
    """The four figures of one worked example."""

    name: Text
    items: int
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of the separate handling that was published, with its source."""

    label: Text
    before: int
    source: Text
    sure: Text


@dataclass(frozen=True, slots=True)
class Saves:
    """The whole page; ``own`` is empty until the guide is answered, or where the items are handled one by one."""

    thing: CompiledThing
    own: list[Figure]
    cases: list[Case]
    apart: int
    published: list[Published]
    elsewhere: tuple[matters.Figure, ...]
    code: str | None


def saves(found: catalogue.ThingSavings, plan: Plan | None) -> Saves:
    """Return the page; *plan* is the reader's own where the guide has nothing left to ask."""
    is_own = plan is not None and plan.route is Route.BUNDLE and bool(plan.included())
    return Saves(
        thing=found.thing,
        own=_figures(plan.reductions) if plan is not None and is_own else [],
        cases=[Case(case.name, case.items, _figures(case.reductions)) for case in found.savings.cases],
        apart=found.savings.apart,
        published=published(found.thing),
        elsewhere=matters.figures(found.matter) if found.matter else (),
        code=found.matter.code if found.matter else None,
    )


def published(thing: CompiledThing) -> list[Published]:
    """Return the officially published figures of the separate handling, as far as content names any."""
    before = thing.before
    source = before.source or Text("来源没有写明", "source not given")
    sure = SURE[before.confidence or "unconfirmed"]
    figures = ((REDUCTIONS[name.upper()], getattr(before, name)) for name in _MEASURES)
    return [Published(label, figure, source, sure) for label, figure in figures if figure is not None]


def _figures(reductions: Sequence[Reduction]) -> list[Figure]:
    return [Figure(REDUCTIONS[one.kind], one) for one in reductions if one.kind != "FIELDS"]
