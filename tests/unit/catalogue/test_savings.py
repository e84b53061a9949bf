"""What a thing saves: its own examples, added up, with the sum written out; official figures enter no sum."""

from decimal import Decimal

import pytest

from tests.unit.catalogue.stall import CALENDAR, library, stall
from yijianshi.catalogue.logic.plan import ReductionKind
from yijianshi.catalogue.logic.savings import percent_less, savings_of
from yijianshi.catalogue.logic.schema import Example
from yijianshi.catalogue.logic.schema.thing import Before

(BREAKFAST,) = [document.model for document in library().examples]


def test_the_example_is_counted_with_its_sums() -> None:
    found = savings_of(stall(), [BREAKFAST, BREAKFAST], CALENDAR)
    assert [case.name.en for case in found.cases] == ["Breakfast stall"] * 2
    days = next(total for total in found.totals if total.kind is ReductionKind.DAYS)
    one = found.cases[0].figure(ReductionKind.DAYS)
    assert (days.before, days.after) == (2 * one.before, 2 * one.after)
    assert days.befores == (one.before, one.before)
    assert days.arithmetic.zh == (
        f"2 个例子相加：{one.before} + {one.before} = {2 * one.before} → {one.after} + {one.after} = {2 * one.after}"
    )


def test_an_official_figure_does_not_enter_the_sums() -> None:
    official = stall().model_copy(update={"before": Before(steps=99, materials=99, days=99, visits=99)})
    assert savings_of(official, [BREAKFAST], CALENDAR) == savings_of(stall(), [BREAKFAST], CALENDAR)


def test_whoever_applies_one_by_one_saves_nothing_and_is_not_counted() -> None:
    temporary = BREAKFAST.model_copy(update={"answers": {**BREAKFAST.answers, "stall.kind": "C"}})
    found = savings_of(stall(), [temporary], CALENDAR)
    assert (found.cases, found.totals, found.apart) == ((), (), 1)


def test_an_example_that_no_longer_fits_the_version_is_left_out() -> None:
    strange = BREAKFAST.model_copy(update={"answers": {"stall.kind": "Z"}})
    assert savings_of(stall(), [strange, BREAKFAST], CALENDAR).unfit == 1
    assert savings_of(stall(), [Example.model_validate(BREAKFAST.model_dump())], CALENDAR).unfit == 0


@pytest.mark.parametrize(
    ("before", "after", "less"),
    [(44, 7, "84.1"), (3, 3, "0.0"), (10, 0, "100.0"), (8, 7, "12.5"), (800, 399, "50.1"), (2, 3, "-50.0")],
)
def test_the_share_is_rounded_half_up(before: int, after: int, less: str) -> None:
    assert percent_less(before, after) == Decimal(less)


def test_there_is_no_share_of_nothing() -> None:
    assert percent_less(0, 0) is None
