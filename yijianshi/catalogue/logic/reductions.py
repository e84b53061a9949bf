"""The four reductions (减环节、减材料、减时间、减跑动) and the form fields: before → after, each with its sum written out."""

from collections.abc import Sequence

from yijianshi.catalogue.logic.plan import (
    FieldStatus,
    MaterialStatus,
    PlannedField,
    PlannedMaterial,
    Promise,
    Reduction,
    ReductionKind,
)
from yijianshi.catalogue.logic.planning.items import Standing
from yijianshi.kernel.text import Text

_SUM = Text("分开办：{before}；一起办：{after}", "Separately: {before}; together: {after}")
_OFFICIAL = Text("{figure}（公布的数字）", "{figure} (published figure)")
_TYPED = {FieldStatus.ASK, FieldStatus.ANSWERED}
_HANDED_IN = {MaterialStatus.TO_UPLOAD, MaterialStatus.TO_COMMIT, MaterialStatus.DEFERRED}


def reductions_of(
    standing: Standing, fields: Sequence[PlannedField], materials: Sequence[PlannedMaterial], promise: Promise
) -> tuple[Reduction, ...]:
    """Return the figures for the included items; before = each item alone, one after another."""
    items = standing.included()
    included = {item.code for item in items}
    typed = sum(entry.status in _TYPED and bool(included & set(entry.needed_by)) for entry in fields)
    handed_in = [entry for entry in materials if entry.status in _HANDED_IN and included & set(entry.needed_by)]
    letters = {entry.letter for entry in handed_in if entry.letter}
    official = standing.thing.before
    promised = {item.code: item.limits.promise.as_working_days for item in items}
    return (
        _reduction(ReductionKind.FIELDS, [_fields_alone(standing, code) for code in included_order(standing)], [typed], None),
        _reduction(
            ReductionKind.MATERIALS, [len(standing.active_uses(item)) for item in items], [len(handed_in)], official.materials
        ),
        # one form handed in once, and each letter to sign
        _reduction(
            ReductionKind.STEPS,
            [item.separately.steps for item in items],
            [int(bool(items)), *([len(letters)] if letters else [])],
            official.steps,
        ),
        _reduction(
            ReductionKind.VISITS,
            [item.separately.visits for item in items],
            [item.visits.count for item in items if item.visits.count] or [0],
            official.visits,
        ),
        _reduction(
            ReductionKind.DAYS,
            list(promised.values()),
            [promised[code] for code in promise.path] or [0],
            official.days,
        ),
    )


def included_order(standing: Standing) -> list[str]:
    """Return the included items' codes in authored order."""
    return [item.code for item in standing.included()]


def _fields_alone(standing: Standing, code: str) -> int:
    return len({need.fact for need in standing.active_needs(standing.thing.item(code))})


def _reduction(kind: ReductionKind, alone: list[int], together: list[int], official: int | None) -> Reduction:
    before = sum(alone) if official is None else official
    shown = _sum(alone) if official is None else _OFFICIAL.format(figure=official)
    return Reduction(kind, before, sum(together), _SUM.format(before=shown, after=_sum(together)))


def _sum(parts: list[int]) -> Text:
    line = f"{' + '.join(map(str, parts))} = {sum(parts)}" if len(parts) > 1 else str(sum(parts))
    return Text(line, line)
