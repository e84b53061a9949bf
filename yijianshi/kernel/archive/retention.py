"""How long a closed application is kept, and from which day it may be looked at for destruction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text


class Retention(StrEnum):
    """The three periods of 国家档案局令第8号 [L]: for ever, 30 years, 10 years."""

    PERMANENT = "永久"
    YEARS_30 = "30年"
    YEARS_10 = "10年"

    @property
    def years(self) -> int | None:
        """Return the number of whole calendar years, or None for ever."""
        return {Retention.PERMANENT: None, Retention.YEARS_30: 30, Retention.YEARS_10: 10}[self]


class Confidence(StrEnum):
    """How far a suggested period may be trusted before an archivist has looked at it."""

    MEDIUM = "medium"
    LOW = "low"


class Outcome(StrEnum):
    """How an application ended, as far as keeping it is concerned."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A period, how sure it is, and why."""

    retention: Retention
    confidence: Confidence
    why: Text


class RetentionBeyondCalendar(Invalid):
    """{closed_on} 办结的案卷保管 {years} 年，期满日期超出了日历能表示的范围。请核对办结日期。

    A file closed on {closed_on} and kept for {years} years would run past the last year a calendar can name.
    Please check the closing date.
    """


_NOT_LAW = Text("这是建议，以本机关经批准的保管期限表为准", "This is a suggestion; the organisation's approved schedule decides")
_STATUS = Text("确认身份、权利或者关系，长期要查证", "It settles a status, a right or a relation, looked up for a lifetime")
_DISPUTE = Text("可能引起复议、诉讼，或者以后要查证", "It may be disputed or looked up later")
_ENDED = Text("申请人撤回，没有作出决定", "The applicant withdrew and nothing was decided")
_SERVICE = Text("一般公共服务，办完后查证较少", "An ordinary public service that is seldom looked up afterwards")
_LASTING_KINDS = frozenset({"行政确认", "行政裁决"})
_LIGHT_KINDS = frozenset({"公共服务"})


def suggest(kind: str, outcome: Outcome) -> Suggestion:
    """Return a default period for an item of this kind (行政许可, 行政确认, 公共服务 …) that ended so.

    An unknown kind gets 30 years with low confidence: keeping too long can be mended, destroying cannot. Source: [L].
    """
    if outcome is Outcome.WITHDRAWN:
        return Suggestion(Retention.YEARS_10, Confidence.MEDIUM, _because(_ENDED))
    if kind in _LASTING_KINDS and outcome is Outcome.GRANTED:
        return Suggestion(Retention.PERMANENT, Confidence.MEDIUM, _because(_STATUS))
    if kind in _LIGHT_KINDS and outcome is Outcome.GRANTED:
        return Suggestion(Retention.YEARS_10, Confidence.LOW, _because(_SERVICE))
    return Suggestion(Retention.YEARS_30, Confidence.LOW, _because(_DISPUTE))


def longest(periods: Iterable[Retention]) -> Retention:
    """Return the longest of the periods of the items of one application; raises ValueError for none."""
    found = list(periods)
    if not found:
        raise ValueError("no period to choose from")
    return max(found, key=lambda one: one.years or 10_000)


def destroy_on(retention: Retention, closed_on: date) -> date | None:
    """Return the first day on which the period is over, or None for ever.

    The period counts from 1 January of the year after closing [L]: closed in 2024, 10 years → 1 January 2035.
    The day permits an appraisal (鉴定), not destruction by itself. Raises RetentionBeyondCalendar.
    """
    if retention.years is None:
        return None
    year = closed_on.year + 1 + retention.years
    if year > date.max.year:
        raise RetentionBeyondCalendar(closed_on=closed_on.isoformat(), years=retention.years)
    return date(year, 1, 1)


def is_due(retention: Retention, closed_on: date, today: date) -> bool:
    """Return whether the period is over on *today*; never for a permanent file. Raises RetentionBeyondCalendar."""
    day = destroy_on(retention, closed_on)
    return day is not None and today >= day


def _because(reason: Text) -> Text:
    return Text(f"{reason.zh}；{_NOT_LAW.zh}", f"{reason.en}. {_NOT_LAW.en}")
