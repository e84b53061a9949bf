"""What a one-thing saves, worked out on its own worked examples: each before and after with its sum, and the total over all.

Only examples that are handled together count; whoever must apply one by one saves nothing, and that is said, not averaged away.
Published figures never enter these sums; they stand beside them with their source.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.examples import plan_example
from yijianshi.catalogue.logic.plan import Reduction, ReductionKind, Route
from yijianshi.catalogue.logic.schema import Example
from yijianshi.catalogue.logic.schema.thing import Before
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

FOUR = (ReductionKind.STEPS, ReductionKind.MATERIALS, ReductionKind.DAYS, ReductionKind.VISITS)
_SUM = Text("{n} 个例子相加：{before} → {after}", "{n:example|examples} added up: {before} → {after}")


@dataclass(frozen=True, slots=True)
class Saving:
    """One worked example and its reductions, fields included."""

    name: Text
    items: int
    reductions: tuple[Reduction, ...]

    def figure(self, kind: ReductionKind) -> Reduction:
        """Return one of the reductions."""
        return next(one for one in self.reductions if one.kind is kind)


@dataclass(frozen=True, slots=True)
class Total:
    """One measure over all examples: the sums, the narrowest and widest figures, and the share saved in per cent."""

    kind: ReductionKind
    before: int
    after: int
    befores: tuple[int, int]
    afters: tuple[int, int]
    percent_less: Decimal | None
    arithmetic: Text


@dataclass(frozen=True, slots=True)
class Savings:
    """What one thing saves; ``apart`` examples have nothing to join, ``unfit`` ones do not fit this version."""

    cases: tuple[Saving, ...]
    totals: tuple[Total, ...]
    apart: int = 0
    unfit: int = 0


def savings_of(thing: CompiledThing, examples: Sequence[Example], calendar: Calendar) -> Savings:
    """Return the savings of a thing on its examples; empty when none of them is handled together."""
    counted = thing.model_copy(update={"before": Before()})  # the sums are ours; what was published stands beside them
    cases: list[Saving] = []
    apart = unfit = 0
    for example in examples:
        try:
            plan = plan_example(counted, example, calendar)
        except DomainError:
            unfit += 1
            continue
        if plan.route is Route.BUNDLE and plan.included():
            cases.append(Saving(example.name, len(plan.included()), plan.reductions))
        else:
            apart += 1
    return Savings(tuple(cases), tuple(_total(kind, cases) for kind in FOUR) if cases else (), apart, unfit)


def percent_less(before: int, after: int) -> Decimal | None:
    """Return how much less *after* is in per cent, rounded half up to one digit; None when there was nothing to begin with."""
    if before == 0:
        return None
    return (Decimal(100) * (before - after) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _total(kind: ReductionKind, cases: Sequence[Saving]) -> Total:
    figures = [case.figure(kind) for case in cases]
    befores, afters = [one.before for one in figures], [one.after for one in figures]
    words = {"before": " + ".join(map(str, befores)), "after": " + ".join(map(str, afters))}
    arithmetic = _SUM.format(n=len(figures), before=_summed(words["before"], befores), after=_summed(words["after"], afters))
    return Total(
        kind=kind,
        before=sum(befores),
        after=sum(afters),
        befores=(min(befores), max(befores)),
        afters=(min(afters), max(afters)),
        percent_less=percent_less(sum(befores), sum(afters)),
        arithmetic=arithmetic,
    )


def _summed(words: str, figures: Sequence[int]) -> str:
    return f"{words} = {sum(figures)}" if len(figures) > 1 else words
