"""The notice or statutory wait of a case in words, from its ledger."""

from collections.abc import Sequence
from datetime import date

from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind
from yijianshi.cases.logic.states import State
from yijianshi.cases.queries.views import NoticeView
from yijianshi.catalogue.logic.schema import Item
from yijianshi.foundation import calendars
from yijianshi.kernel.text import Text, long_date

RUNNING = Text("已受理，公告或法定等待中", "Accepted; a notice or statutory wait runs")
NOBODY = Text("不需要您做事", "Nothing for you to do")
_EXPLAINS = Text(
    "{text}，共 {length}，到 {until} 为止，法律规定不能缩短。{after}您不需要做任何事。",
    "{text}: {length}, until {until}; the law lets nobody shorten it. {after}You need not do anything.",
)
_COMPLETES = Text(
    "期满没有异议，系统按公布的规则自动办结。",
    "Afterwards, if nobody objects, it is completed by itself under the published rule. ",
)
_DECIDES = Text("期满后由部门决定。", "The department decides afterwards. ")
_AT_LEAST = Text("{day}（遇放假顺延）", "{day} (later if that is a day off)")
_DESK = {
    True: Text(
        "公告或等待到{until}，期满无异议自动办结", "Notice or wait until {until}, then completed by itself unless refused"
    ),
    False: Text("公告或等待到{until}，期满后决定", "Notice or wait until {until}, then decide"),
}


def notice_of(item: Item, state: State, entries: Sequence[ClockEntry], today: date) -> NoticeView | None:
    """Return the notice that acceptance of this case began, None where there is none, or not yet."""
    begun = next((entry.on for entry in entries if entry.kind is ClockKind.NOTICE_BEGUN), None)
    if item.timer is None or begun is None:
        return None
    period = item.timer.period
    until = period.last_day(begun, calendars.national())
    runs = state is State.ACCEPTED and (until is None or today <= until)
    completes = item.timer.then == "COMPLETE"
    return NoticeView(item.timer.text, period.in_words, until, period.earliest(begun), runs, completes)


def explains_notice(notice: NoticeView) -> Text:
    """Return what the applicant reads while it runs."""
    text = Text(notice.text.zh.rstrip("。"), notice.text.en.rstrip("."))
    after = _COMPLETES if notice.completes else _DECIDES
    return _EXPLAINS.format(text=text, length=notice.length, until=until_in_words(notice), after=after)


def until_in_words(notice: NoticeView) -> Text:
    """Return the last day, or the day it does not end before."""
    return long_date(notice.until) if notice.until else _AT_LEAST.format(day=long_date(notice.earliest))


def on_the_desk(until: date, *, completes: bool) -> Text:
    """Return what the worklist says of a case whose notice runs."""
    return _DESK[completes].format(until=long_date(until))
