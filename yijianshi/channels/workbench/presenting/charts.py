"""Charts of a forecast as geometry: durations as columns, load of departments as bars; the template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from yijianshi.insight.logic.outlook import Outcome
from yijianshi.insight.queries import ForecastView
from yijianshi.kernel.text import Text

WIDTH = 340  # in units of the drawing; it scales with the page
_HEIGHT, _TOP, _FOOT, _LEFT = 170, 14, 26, 30
_COLUMNS = 12
_ROW, _BAR, _HEAD = 8, 16, 18
_FULL = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle; *tone* is the place of its variant, *text* what stands beside it at (tx, ty)."""

    x: float
    y: float
    width: float
    height: float
    tone: int
    text: str = ""
    tx: float = 0.0
    ty: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Words at a place, or a line across at a height."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing."""

    width: int
    height: float
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadCell:
    """One department under one variant, in numbers."""

    label: Text
    officers: int
    percent: int
    low: int
    high: int
    queue: float
    queue_p90: int
    cases: float

    @property
    def tone(self) -> str:
        """Return how pressing the load is."""
        return "stopped" if self.percent >= 98 else "waiting" if self.percent >= 85 else "done"


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One department in the table."""

    name: Text
    cells: tuple[LoadCell, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """Everything drawn and the same in numbers."""

    durations: Chart
    loads: Chart
    rows: tuple[LoadRow, ...]
    shares: tuple[tuple[str, tuple[str, ...]], ...]  # working days → share of each variant


def of(view: ForecastView, language: str) -> Charts:
    """Return the charts of a forecast."""
    outcomes = [variant.outcome for variant in view.variants]
    bins = _bins(outcomes)
    rows = _rows(view)
    table = tuple((label, tuple(f"{share:.0%}" for share in shares)) for label, shares in bins)
    return Charts(_durations(bins), _loads(rows, language), rows, table)


def _bins(outcomes: Sequence[Outcome]) -> list[tuple[str, list[float]]]:
    """Return (working days, share of each variant); many days are put together in steps, the last one is open."""
    most = max((max(one.days, default=0) for one in outcomes), default=0)
    step = max(1, -(-(most + 1) // _COLUMNS))
    bins = []
    for first in range(0, most + 1, step):
        last = first + step - 1
        counts = [sum(count for day, count in one.days.items() if first <= day <= last) for one in outcomes]
        shares = [count / one.applications if one.applications else 0.0 for count, one in zip(counts, outcomes, strict=True)]
        bins.append((str(first) if step == 1 else f"{first}–{last}", shares))
    return bins


def _durations(bins: Sequence[tuple[str, Sequence[float]]]) -> Chart:
    top = max((share for _, shares in bins for share in shares), default=0.0) or 1.0
    inner = _HEIGHT - _TOP - _FOOT
    slot = (WIDTH - _LEFT) / max(1, len(bins))
    bars, marks = [], []
    for place, (label, shares) in enumerate(bins):
        wide = slot * 0.8 / max(1, len(shares))
        for tone, share in enumerate(shares):
            height = inner * share / top
            x = _LEFT + place * slot + slot * 0.1 + tone * wide
            bars.append(Bar(round(x, 1), round(_TOP + inner - height, 1), round(wide * 0.92, 1), round(height, 1), tone))
        marks.append(Mark(round(_LEFT + (place + 0.5) * slot, 1), _HEIGHT - 10, label))
    lines = tuple(Mark(_LEFT, round(_TOP + inner * (1 - part), 1), f"{top * part:.0%}") for part in (0, 0.5, 1))
    return Chart(WIDTH, _HEIGHT, tuple(bars), tuple(marks), lines)


def _rows(view: ForecastView) -> tuple[LoadRow, ...]:
    by_variant = [{load.department: load for load in variant.outcome.loads} for variant in view.variants]
    rows = []
    for desk in view.desks:
        cells = []
        for variant, loads in zip(view.variants, by_variant, strict=True):
            load = loads.get(desk.code)
            if load is not None:
                shares = [round(100 * share) for share in (load.utilisation.mean, load.utilisation.low, load.utilisation.high)]
                numbers = (round(load.queue.mean, 1), load.queue_p90, round(load.cases, 1))
                cells.append(LoadCell(variant.label, load.officers, shares[0], shares[1], shares[2], *numbers))
        rows.append(LoadRow(desk.name, tuple(cells)))
    return tuple(rows)


def _loads(rows: Sequence[LoadRow], language: str) -> Chart:
    bars, marks = [], []
    y = 0.0
    scale = (WIDTH - 44) / max(_FULL, *(cell.percent / 100 for row in rows for cell in row.cells), 0.0)
    for row in rows:
        marks.append(Mark(0, y + 13, row.name.get(language)))
        y += _HEAD
        for tone, cell in enumerate(row.cells):
            wide = max(1.0, scale * cell.percent / 100)
            bars.append(Bar(0, y, round(wide, 1), _BAR - 4, tone, f"{cell.percent}%", round(wide + 6, 1), y + 10.5))
            y += _BAR
        y += _ROW
    return Chart(WIDTH, y, tuple(bars), tuple(marks))
