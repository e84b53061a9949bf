"""What a forecast assumes: entered in a form, within limits, and shown beside the result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text

LIMITS: Mapping[str, tuple[int, int]] = {
    "weeks": (2, 26),
    "warm_up": (0, 8),
    "runs": (3, 30),
    "seed": (0, 999_999),
    "per_week": (1, 5_000),
    "minutes_a_day": (60, 480),
    "spread": (0, 200),
    "officers": (1, 200),
    "minutes": (1, 480),
}
NAMES: Mapping[str, Text] = {
    "weeks": Text("推演周数", "Weeks"),
    "warm_up": Text("开头不计的周数", "Weeks not measured"),
    "runs": Text("重复次数", "Runs"),
    "seed": Text("随机种子", "Seed"),
    "per_week": Text("每周申请量", "Applications a week"),
    "minutes_a_day": Text("每人每天办件分钟", "Minutes a day for cases"),
    "spread": Text("用时的波动（%）", "Spread of the time (%)"),
    "officers": Text("经办人数", "Officers"),
    "minutes": Text("每件平均分钟", "Minutes a case"),
}


class OutOfLimits(Invalid):
    """“{name}”要填 {least} 到 {most} 之间的整数，现在是“{given}”。

    '{name}' must be a whole number from {least} to {most}; it is '{given}'.
    """


class NotADay(Invalid):
    """日期“{given}”看不懂，请按“年-月-日”填，例如 2026-03-02。

    '{given}' is not a day. Please write year-month-day, for example 2026-03-02.
    """


class NothingMeasured(Invalid):
    """开头不计的周数要少于推演的周数，否则没有可以统计的。

    The weeks not measured must be fewer than all weeks; otherwise there is nothing to count.
    """


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All assumptions; ``per_week`` None: as recorded; ``officers``, ``minutes`` by department where not the usual."""

    start: date
    weeks: int = 12
    warm_up: int = 2
    runs: int = 8
    seed: int = 20_261
    per_week: int | None = None
    minutes_a_day: int = 360
    spread: int = 70
    officers: tuple[tuple[str, int], ...] = field(default=())
    minutes: tuple[tuple[str, int], ...] = field(default=())
    fewer: str = ""  # the department that has one officer fewer in the last variant

    @property
    def seeds(self) -> tuple[int, ...]:
        """Return the seed of each run."""
        return tuple(range(self.seed, self.seed + self.runs))


USUAL_MINUTES = 20


def read_assumptions(raw: Mapping[str, str], usual: Assumptions) -> Assumptions:
    """Return what a form says, *usual* where it says nothing. Raises OutOfLimits, NotADay, NothingMeasured."""
    numbers = {name: _number(raw, name, getattr(usual, name)) for name in ("weeks", "warm_up", "runs", "seed")}
    if numbers["warm_up"] >= numbers["weeks"]:
        raise NothingMeasured(field="warm_up")
    return Assumptions(
        start=_day(raw.get("start", "").strip(), usual.start),
        **numbers,
        per_week=_number(raw, "per_week", 0) or None,
        minutes_a_day=_number(raw, "minutes_a_day", usual.minutes_a_day),
        spread=_number(raw, "spread", usual.spread),
        officers=_by_department(raw, "officers"),
        minutes=_by_department(raw, "minutes"),
        fewer=raw.get("fewer", "")[:80],
    )


def usual_start(today: date) -> date:
    """Return the Monday so far back that the usual weeks lie behind, where holidays are known."""
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(weeks=13)


def weekday_means(arrivals: Mapping[date, int], per_week: int | None) -> tuple[float, ...]:
    """Return the applications to expect on each weekday, Monday first: as recorded, or *per_week* from Monday to Friday."""
    if per_week is not None:
        return (per_week / 5,) * 5 + (0.0, 0.0)
    if not arrivals:
        return (0.0,) * 7
    first, last = min(arrivals), max(arrivals)
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    sums = [0] * 7
    for day, count in arrivals.items():
        sums[day.weekday()] += count
    return tuple(count / weeks for count in sums)


def _by_department(raw: Mapping[str, str], name: str) -> tuple[tuple[str, int], ...]:
    """Return department → number for entries called ``officers.police``; the empty ones are left out."""
    entries = {key.partition(".")[2]: value for key, value in raw.items() if key.startswith(f"{name}.") and value.strip()}
    return tuple((department[:80], _checked(name, value)) for department, value in sorted(entries.items()))


def _number(raw: Mapping[str, str], name: str, usual: int) -> int:
    given = raw.get(name, "").strip()
    return _checked(name, given) if given else usual


def _checked(name: str, given: str) -> int:
    least, most = LIMITS[name]
    number = int(given) if given.strip().isascii() and given.strip().isdigit() and len(given.strip()) < 10 else -1
    if not least <= number <= most:
        raise OutOfLimits(name=NAMES[name], least=least, most=most, given=given[:20], field=name)
    return number


def read_day(given: str, field: str) -> date:
    """Return a day written as year-month-day. Raises NotADay."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError as error:
        raise NotADay(given=given.strip()[:20], field=field) from error


def _day(given: str, usual: date) -> date:
    return read_day(given, "start") if given else usual
