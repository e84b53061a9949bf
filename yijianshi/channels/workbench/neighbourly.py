"""What the desk for neighbour systems shows, and the two things an operator can do there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yijianshi.cases.queries.connected import ConnectedShare, ItemConnected
from yijianshi.channels.workbench.telling import Told
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text

WELL = Text("正常", "Well")
OFF = Text("停用", "Switched off")
AWAY = Text("不通", "Away")
NOTHING = Text("没有往来，不用比", "No messages, nothing to compare")
ALIKE = Text("两边一致", "Both sides alike")
MENDED = Text("有出入，已安排补齐", "Differences found, being mended")
BROKE_OFF = Text("没有比完", "Not finished")
LONG_AGO = Text("超过一天半没有对账", "Not compared for over a day and a half")
NEVER = Text("还没有对过账", "Not compared yet")
_QUIET = frozenset({"done", "idle"})
NIGHTLY = timedelta(hours=36)  # both sides are compared every night; one night may be late, not left out
_KINDS = {
    "case.handed_over": Text("交办", "Hand-over"),
    "case.corrected": Text("补正内容", "Corrections"),
    "case.withdrawn": Text("撤回", "Withdrawal"),
    "case.accepted": Text("受理", "Acceptance"),
    "case.not_accepted": Text("不予受理", "Not accepted"),
    "case.correction_requested": Text("要求补正", "Corrections wanted"),
    "case.suspended": Text("暂停计时", "Clock paused"),
    "case.resumed": Text("恢复计时", "Clock resumed"),
    "case.approved": Text("准予", "Approval"),
    "case.refused": Text("不予批准", "Refusal"),
    "case.delivered": Text("送达", "Delivery"),
    "report.state": Text("办件状态回流", "State of a case, reported"),
    "report.result": Text("办件结果回流", "Result of a case, reported"),
    "application.handed_over": Text("异地申请", "Application for another region"),
    "application.arrived": Text("异地申请已收到", "Application received there"),
    "application.returned": Text("异地申请退回", "Application returned"),
    "application.told": Text("异地申请的进展", "News of an application"),
    "application.corrected": Text("异地申请的补正", "Corrections from another region"),
    "application.results_received": Text("结果已收到", "Results received"),
}
_IDLE = Text("登记了系统，三十天内没有往来", "A system is entered, nothing went there in thirty days")
_WORKS = Text("真正接通", "Really connected")
_AT_OUR_DESK = Text("没有登记系统，在工作台办", "No system entered, done at our desk")
_AGAIN = Text("已安排重试。如果还是不行，它会回到这里。", "It is being tried again. If it fails once more it comes back here.")
_HANDED = Text("已转人工，记下了约定。", "Handed to a person; what was agreed is written down.")


@dataclass(frozen=True, slots=True)
class NeighbourLine:
    """One neighbour as the desk shows it."""

    row: neighbours.HealthRow
    state: Text
    tone: str  # done, running, waiting, idle


@dataclass(frozen=True, slots=True)
class StuckLine:
    """One stuck message as the desk shows it."""

    row: neighbours.StuckRow
    kind: Text


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """The last comparison with one neighbour as the desk shows it."""

    row: neighbours.ComparisonRow
    state: Text
    tone: str  # done, running, waiting, idle


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole page."""

    neighbours: Sequence[NeighbourLine]
    compared: Sequence[ComparedLine]  # what an operator looks at first
    quiet: Sequence[ComparedLine]  # both sides alike, switched off, or nothing to compare
    stuck: Sequence[StuckLine]
    is_full: bool  # more is stuck than is shown


def desk(*, by: Actor, at: datetime) -> Desk:
    """Return the page; raises Forbidden for anybody but operators and supervisors."""
    stuck = [StuckLine(row, _KINDS.get(row.kind, Text(row.kind, row.kind))) for row in neighbours.list_stuck(by=by, at=at)]
    systems = sorted(neighbours.list_health(), key=lambda row: (row.is_enabled and row.is_well, not row.is_enabled, row.code))
    compared = sorted((_compared(row, at) for row in neighbours.list_comparisons(by=by)), key=lambda one: one.tone != "waiting")
    loud, quiet = ([one for one in compared if (one.tone in _QUIET) is wanted] for wanted in (False, True))
    return Desk([_line(row) for row in systems], loud, quiet, stuck, len(stuck) >= neighbours.MOST_STUCK)


@dataclass(frozen=True, slots=True)
class Standing:
    """Items that stand alike."""

    title: Text
    items: Sequence[ItemConnected]


def by_standing(share: ConnectedShare) -> list[Standing]:
    """Return the items by how far they are connected, what is entered but does not work first."""
    entered = [one for one in share.items if one.entered and not one.works]
    works = [one for one in share.items if one.works]
    rest = [one for one in share.items if not one.entered]
    return [Standing(_IDLE, entered), Standing(_WORKS, works), Standing(_AT_OUR_DESK, rest)]


def retry(way: str, message_id: str, *, by: Actor, at: datetime) -> Told:
    """Try a message again and say so, or say why not."""
    try:
        exchange.retry_message(way, message_id, by=by, at=at)
    except DomainError as error:
        return Told("waiting", error.text)
    return Told("done", _AGAIN)


def hand(way: str, message_id: str, note: str, *, by: Actor, at: datetime) -> Told:
    """Hand a message's matter to a person and say so, or say why not."""
    try:
        exchange.hand_to_person(way, message_id, note, by=by, at=at)
    except DomainError as error:
        return Told("waiting", error.text)
    return Told("done", _HANDED)


def _line(row: neighbours.HealthRow) -> NeighbourLine:
    if not row.is_enabled:
        return NeighbourLine(row, OFF, "idle")
    return NeighbourLine(row, WELL, "done") if row.is_well else NeighbourLine(row, AWAY, "waiting")


def _compared(row: neighbours.ComparisonRow, at: datetime) -> ComparedLine:
    if not row.is_enabled:
        return ComparedLine(row, OFF, "idle")
    if row.at is None:
        return ComparedLine(row, NEVER, "idle")
    if row.error:
        return ComparedLine(row, BROKE_OFF, "waiting")
    if at - row.at > NIGHTLY:
        return ComparedLine(row, LONG_AGO, "waiting")
    if not (row.compared or row.applied_again):
        return ComparedLine(row, NOTHING, "idle")
    differs = row.sent_again or row.asked_again or row.applied_again
    return ComparedLine(row, MENDED, "running") if differs else ComparedLine(row, ALIKE, "done")
