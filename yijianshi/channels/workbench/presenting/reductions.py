"""四减一优 over all one-things: a table for those who answer for it, and the same as CSV with every sum."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.savings import FOUR, Total
from yijianshi.channels.shared.confidence import WORDS as SURE
from yijianshi.kernel.text import Text

MEASURES = {
    "STEPS": Text("环节", "Steps"),
    "MATERIALS": Text("材料（份）", "Papers"),
    "DAYS": Text("时间（工作日）", "Working days"),
    "VISITS": Text("跑动（次）", "Trips"),
}
_NO_SOURCE = Text("来源没有写明", "source not given")
_HEADS = (
    Text("编号", "Code"),
    Text("一件事", "One-thing"),
    Text("重点事项编号", "List code"),
    Text("指标", "Measure"),
    Text("例子数", "Examples"),
    Text("分开办合计", "Separately, sum"),
    Text("一起办合计", "Together, sum"),
    Text("分开办最少", "Separately, least"),
    Text("分开办最多", "Separately, most"),
    Text("一起办最少", "Together, least"),
    Text("一起办最多", "Together, most"),
    Text("减少%", "Less, %"),
    Text("算式", "Sum"),
    Text("公布的数字（分开办）", "Published (separately)"),
    Text("公布的来源", "Source"),
    Text("把握程度", "How sure"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Published:
    """What was officially published for the separate handling."""

    before: int
    source: Text
    sure: Text


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one thing: ranges over the examples, the share saved, and what was published."""

    label: Text
    total: Total
    before: str
    after: str
    published: Published | None


@dataclass(frozen=True, slots=True)
class Row:
    """One one-thing; without cells none of its examples is handled together."""

    code: str
    name: Text
    list_code: str | None
    cells: list[Cell]
    examples: int
    apart: int
    sums: tuple[Text, ...]


def rows(found: Sequence[catalogue.ThingSavings]) -> list[Row]:
    """Return the table in the order of the catalogue."""
    return [
        Row(
            code=one.thing.code,
            name=one.thing.name,
            list_code=one.matter.code if one.matter else None,
            cells=[_cell(one, total) for total in one.savings.totals],
            examples=len(one.savings.cases),
            apart=one.savings.apart,
            sums=tuple(Text("{m}：{sum}", "{m}: {sum}").format(m=MEASURES[t.kind], sum=t.arithmetic) for t in one.savings.totals),
        )
        for one in found
    ]


def heads() -> list[Text]:
    """Return the measures in their order."""
    return [MEASURES[kind] for kind in FOUR]


def as_csv(table: Sequence[Row], language: str) -> str:
    """Return the table as CSV that spreadsheets open as UTF-8; no cell can begin a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([head.get(language) for head in _HEADS])
    for row in table:
        for cell in row.cells:
            writer.writerow([_harmless(value) for value in _values(row, cell, language)])
    return "\ufeff" + out.getvalue()


def _values(row: Row, cell: Cell, language: str) -> list[object]:
    total, published = cell.total, cell.published
    return [
        row.code,
        row.name.get(language),
        row.list_code or "",
        cell.label.get(language),
        row.examples,
        total.before,
        total.after,
        *total.befores,
        *total.afters,
        "" if total.percent_less is None else total.percent_less,
        total.arithmetic.get(language),
        published.before if published else "",
        published.source.get(language) if published else "",
        published.sure.get(language) if published else "",
    ]


def _cell(one: catalogue.ThingSavings, total: Total) -> Cell:
    before = one.thing.before
    figure = getattr(before, total.kind.lower())
    published = (
        None if figure is None else Published(figure, before.source or _NO_SOURCE, SURE[before.confidence or "unconfirmed"])
    )
    return Cell(MEASURES[total.kind], total, _range(total.befores), _range(total.afters), published)


def _range(bounds: tuple[int, int]) -> str:
    low, high = bounds
    return str(low) if low == high else f"{low}–{high}"


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
