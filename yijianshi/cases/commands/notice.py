"""Notices and statutory waits: begun by acceptance, ended by the days themselves; before that nobody approves."""

from datetime import date

from yijianshi.cases.commands.moves import LONGEST_BASIS, Moves, Note
from yijianshi.cases.logic.clock.due import due_dates
from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, SuspensionReason
from yijianshi.cases.queries.items import item_of, limits_of
from yijianshi.cases.queries.ledger import ledgers
from yijianshi.cases.queries.locks import LockedCase
from yijianshi.catalogue.logic.schema.item import Timer
from yijianshi.foundation import calendars
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.text import Text, long_date

_REASONS = {"PUBLIC_NOTICE": SuspensionReason.PUBLICITY, "STATUTORY_WAIT": SuspensionReason.OTHER_BY_LAW}
_UNTIL = Text("{text}（到{until}为止）", "{text} (until {until})")
_AT_LEAST = Text("{day}，遇到放假还要顺延", "{day} or, if that is a day off, the next working day")


class NoticeStillRuns(Conflict):
    """“{item}”还在公告或法定等待期里，最后一天是{until}，法律规定不能缩短，期满后才能准予。期间有人提出异议的，可以不予批准。

    The notice or statutory wait of '{item}' still runs; its last day is {until}. The law lets nobody shorten it, so it can be
    approved only afterwards. If somebody objects meanwhile, it can be refused.
    """


def accept_with_notice(moves: Moves, case: LockedCase, action: str, timer: Timer) -> None:
    """Take the move of acceptance and begin the period of *timer* today, on the record of the clock and in the history.

    However far back silence dates the acceptance, a notice nobody published has not run: it begins on the day of the act.
    """
    limits, calendar = limits_of(case.version_id, case.item_code, case.region), calendars.national()
    kinds = (ClockKind.DEEMED_ACCEPTED if action == "deem_accepted" else ClockKind.ACCEPTED, ClockKind.NOTICE_BEGUN)
    entries = [*ledgers([case.id])[case.id], *(ClockEntry(kind, moves.today, moves.at) for kind in kinds)]
    due = due_dates(entries, limits, calendar)
    last = timer.period.last_day(moves.today, calendar)
    moves.take(case, action, Note(), act_by=None, promised_on=due.promised_due, legal_due_on=due.legal_due)
    said = _UNTIL.format(text=timer.text, until=_day(timer, moves.today, last)).zh
    own = moves.of_the_house()
    note = Note(reason=said, suspension=_REASONS[timer.kind], basis=basis_of_timer(timer))
    own.take(case, "begin_notice", note, act_by=None, notice_until=last or timer.period.earliest(moves.today))
    moves.absorb(own)


def refuse_before_its_end(moves: Moves, case: LockedCase) -> None:
    """Raise NoticeStillRuns while the period of the case's item runs, or has not even begun."""
    item = item_of(case.version_id, case.item_code)
    if item.timer is None:
        return
    begun = notice_begun_on(case) or moves.today
    last = item.timer.period.last_day(begun, calendars.national())
    if last is None or moves.today <= last:
        raise NoticeStillRuns(item=item.name, until=_day(item.timer, begun, last))


def notice_is_over(case: LockedCase, today: date) -> bool:
    """Say whether the last day of the case's period has passed; no while that year's holidays are not known."""
    timer, begun = item_of(case.version_id, case.item_code).timer, notice_begun_on(case)
    last = timer.period.last_day(begun, calendars.national()) if timer and begun else None
    return last is not None and today > last


def notice_begun_on(case: LockedCase) -> date | None:
    """Return the day from which the case's period is counted, None before acceptance."""
    return next((entry.on for entry in ledgers([case.id])[case.id] if entry.kind is ClockKind.NOTICE_BEGUN), None)


def basis_of_timer(timer: Timer) -> str:
    """Return the clause that sets the period, as content cites it."""
    return timer.basis.zh[:LONGEST_BASIS] if timer.basis else ""


def _day(timer: Timer, begun: date, last: date | None) -> Text:
    return long_date(last) if last else _AT_LEAST.format(day=long_date(timer.period.earliest(begun)))
