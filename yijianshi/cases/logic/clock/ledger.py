"""What the entries mean in law: from which day to which day the clock of a case runs.

Entries that cannot follow each other are refused when they are made (validation.py); here, where an imported ledger holds one,
it is passed over, so that reading never fails.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, Limits, in_order
from yijianshi.kernel.workdays import Calendar

DAY = timedelta(days=1)


class Phase(StrEnum):
    """What the clock does at the end of a day."""

    CHECKING = "CHECKING"  # received, the office checks whether it can accept (art. 32)
    WAITING = "WAITING"  # the applicant corrects
    RUNNING = "RUNNING"
    SUSPENDED = "SUSPENDED"
    NOTICE = "NOTICE"  # a notice or statutory wait runs; it ends by itself


K, P = ClockKind, Phase
# What an entry does in which phase; None is a case not received yet. STOPPED may follow every phase and EXTENDED keeps it.
NEXT_PHASE: dict[tuple[Phase | None, ClockKind], Phase] = {
    (None, K.RECEIVED): P.CHECKING,
    (P.CHECKING, K.CORRECTION_REQUESTED): P.WAITING,
    (P.WAITING, K.CORRECTED): P.CHECKING,
    (P.CHECKING, K.ACCEPTED): P.RUNNING,
    (P.WAITING, K.ACCEPTED): P.RUNNING,
    (P.CHECKING, K.DEEMED_ACCEPTED): P.RUNNING,
    (P.RUNNING, K.SUSPENDED): P.SUSPENDED,
    (P.SUSPENDED, K.RESUMED): P.RUNNING,
    (P.RUNNING, K.EXTENDED): P.RUNNING,
    (P.SUSPENDED, K.EXTENDED): P.SUSPENDED,
    (P.RUNNING, K.NOTICE_BEGUN): P.NOTICE,
    (P.NOTICE, K.EXTENDED): P.NOTICE,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """From the end of this day on the case is in this phase; *entry* is what brought it there, None for silence (art. 32)."""

    on: date
    phase: Phase
    entry: ClockEntry | None


@dataclass(frozen=True)
class Ledger:
    """The entries of a case up to a day, understood."""

    limits: Limits
    horizon: date  # the last day whose calendar is loaded
    turns: tuple[Turn, ...] = ()
    receipt_on: date | None = None  # the day the present check began: receipt, or the day of correction
    check_days: int | None = None  # how many working days the present check may take
    acceptance_due: date | None = None
    accepted_on: date | None = None
    is_deemed: bool = False
    extension: int = 0
    stopped_on: date | None = None
    is_waiting: bool = False  # a notice runs; the last turn, if it is known, is the day after its end
    notice_until: date | None = None

    @property
    def phase(self) -> Phase | None:
        """Return the latest phase; a stopped case keeps the one it was stopped in."""
        if self.is_waiting:
            return Phase.NOTICE
        return self.turns[-1].phase if self.turns else None

    def allowance(self, limit: int, calendar: Calendar) -> int:
        """Return how many counted days *limit* gives with the extension.

        A decision "on the same day" about a case accepted on a rest day may still come on the first working day [D].
        """
        days = limit + self.extension
        accepted = self.accepted_on
        if days == 0 and accepted is not None and accepted <= self.horizon and not calendar.is_working_day(accepted):
            return 1
        return days

    def running_spans(self) -> Iterator[tuple[date, date | None]]:
        """Yield (a, b]: the clock ran on the working days after a, up to and including b; b is None while it still runs.

        A day on which the suspension covers the end of the day is not counted [D]; the day of acceptance is not counted
        (民法典 art. 201). Stopping a running case leaves its last span open: where it ended says *stopped_on*.
        """
        if self.accepted_on is None:
            return
        for turn, after in zip(self.turns, (*self.turns[1:], None), strict=True):
            if turn.phase is Phase.RUNNING:
                start = max(turn.on - DAY, self.accepted_on)
                if after is None:
                    yield start, None
                elif after.on - DAY > start:
                    yield start, after.on - DAY


class _Reader:
    """Takes the entries one after the other; the fields are those of Ledger while it grows."""

    def __init__(self, limits: Limits, calendar: Calendar) -> None:
        self.limits, self.calendar = limits, calendar
        self.turns: list[Turn] = []
        self.receipt_on: date | None = None
        self.check_days: int | None = None
        self.acceptance_due: date | None = None
        self.accepted_on: date | None = None
        self.is_deemed = False
        self.extension = 0
        self.stopped_on: date | None = None
        self.notice_until: date | None = None

    @property
    def phase(self) -> Phase | None:
        return self.turns[-1].phase if self.turns else None

    def accept_silence(self, day: date) -> None:
        """Art. 32: not told within the limit what to correct, the application counts as accepted from the day of receipt."""
        due = self.acceptance_due
        if self.phase is Phase.CHECKING and self.stopped_on is None and due is not None and day > due:
            self._deem(None)

    def end_notice(self, day: date) -> None:
        """The clock runs again on the day after the last day of the notice, without anybody's act."""
        if self.phase is Phase.NOTICE and self.stopped_on is None and self.notice_until is not None and day > self.notice_until:
            self._run_after_notice(self.notice_until)

    def apply(self, entry: ClockEntry) -> None:
        if self.stopped_on is not None:
            return
        if entry.kind is K.STOPPED:
            self.stopped_on = entry.on
        elif entry.kind is K.DEEMED_ACCEPTED and self.is_deemed and self.turns[-1].entry is None:
            self.turns[-1] = replace(self.turns[-1], entry=entry)  # silence was noticed already; this puts it on record
        elif (self.phase, entry.kind) in NEXT_PHASE:
            self._take(entry, NEXT_PHASE[self.phase, entry.kind])

    def ledger(self, horizon: date) -> Ledger:
        is_waiting = self.phase is Phase.NOTICE
        if is_waiting and self.stopped_on is None and self.notice_until is not None:
            self._run_after_notice(self.notice_until)
        return Ledger(
            limits=self.limits,
            horizon=horizon,
            turns=tuple(self.turns),
            receipt_on=self.receipt_on,
            check_days=self.check_days,
            acceptance_due=self.acceptance_due,
            accepted_on=self.accepted_on,
            is_deemed=self.is_deemed,
            extension=self.extension,
            stopped_on=self.stopped_on,
            is_waiting=is_waiting,
            notice_until=self.notice_until,
        )

    def _take(self, entry: ClockEntry, phase: Phase) -> None:
        if entry.kind is K.DEEMED_ACCEPTED:
            self._deem(entry)
            return
        if entry.kind is K.EXTENDED:
            self.extension += entry.working_days or 0
            return
        if entry.kind is K.RECEIVED:
            self._check_from(entry.on, self.limits.correction_working_days)
        elif entry.kind is K.CORRECTED:
            self._check_from(entry.on, self.limits.recheck_working_days)
        elif entry.kind is K.ACCEPTED:
            self.accepted_on = entry.on
        elif entry.kind is K.NOTICE_BEGUN and self.limits.wait is not None:
            self.notice_until = self.limits.wait.last_day(entry.on, self.calendar)
        self.turns.append(Turn(entry.on, phase, entry))

    def _run_after_notice(self, last: date) -> None:
        self.turns.append(Turn(last + DAY, Phase.RUNNING, self.turns[-1].entry))

    def _check_from(self, day: date, working_days: int | None) -> None:
        self.receipt_on, self.check_days = day, working_days
        self.acceptance_due = None if working_days is None else self.calendar.try_add_working_days(day, working_days)

    def _deem(self, entry: ClockEntry | None) -> None:
        receipt = self.turns.pop()
        self.turns.append(Turn(receipt.on, Phase.RUNNING, entry))
        self.accepted_on, self.is_deemed = receipt.on, True


def read_ledger(entries: Sequence[ClockEntry], limits: Limits, calendar: Calendar, until: date) -> Ledger:
    """Return what the entries up to and including *until* mean on the evening of that day."""
    heard = [entry for entry in in_order(entries) if entry.on <= until]
    reader = _Reader(limits, calendar)
    for entry in heard:
        reader.accept_silence(entry.on)
        reader.end_notice(entry.on)
        reader.apply(entry)
    reader.accept_silence(until)
    reader.end_notice(until)
    return reader.ledger(calendar.known_until(heard[0].on if heard else until))
