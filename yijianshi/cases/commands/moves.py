"""Moves: the one place that changes a case's state, by the table in logic/states.py.

A command locks its cases, takes moves with :meth:`Moves.take`, and writes them all with :meth:`Moves.write`: one update of the
cases, one insert each for clock ledger, history and outgoing events, in one round trip.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yijianshi.cases.commands.tables import CASES, CLOCK
from yijianshi.cases.events import CaseEnded, CaseTakenBack, ReportDue
from yijianshi.cases.logic.states import ACTIONS, OPEN, STATE_TEXTS, Action, State, target_of
from yijianshi.cases.logic.who import who_is_at
from yijianshi.cases.queries.items import legal_basis
from yijianshi.cases.queries.locks import NO_CASE, LockedCase
from yijianshi.cases.queries.logged import DAYS, days
from yijianshi.exchange import queries as neighbours
from yijianshi.foundation import clock, events, history
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid, NotFound

_MOVED = (
    "is_open",
    "state",
    "received_on",
    "act_by",
    "promised_on",
    "legal_due_on",
    "notice_until",
    "correction_rounds",
    "updated_at",
    "ended_at",
)

_TAKEN_BACK = frozenset({State.WITHDRAWN, State.RETURNED, State.TERMINATED})
LONGEST_BASIS = 200


class NotThisWay(Conflict):
    """办件 {number} 现在是“{state}”，不能“{action}”。可能同事刚刚办理过，请刷新后再看。

    Case {number} is now "{state}", so "{action}" is not possible. A colleague may just have dealt with it; please reload.
    """


class NotYourCase(Forbidden):
    """办件 {number} 的这一步不归您的岗位办理。

    This step on case {number} is not for your role to take.
    """


class ReasonMissing(Invalid):
    """请写明理由。申请人有权知道为什么，理由会原文写进告知书。

    Please state the reason. The applicant has a right to know why, and the notice quotes it word for word.
    """


class NamedTwice(Invalid):
    """同一个办件选了两次。请只选一次，再办理。

    The same case was chosen twice. Please choose it once, then go on.
    """


class BasisTooLong(Invalid):
    """依据请写到条款为止，不超过 {limit} 个字。

    Please give the basis as a clause only, at most {limit} characters.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is written down with a move."""

    reason: str = ""  # in words, for the applicant
    suspension: str = ""  # statutory reason code
    basis: str = ""  # legal basis, when not the table's own
    document_no: str = ""
    working_days: int | None = None
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Moving:
    case: LockedCase
    state: State
    received_on: date | None
    act_by: date | None
    promised_on: date | None
    legal_due_on: date | None
    notice_until: date | None
    correction_rounds: int


@dataclass
class Moves:
    """The moves of one command over locked cases, by one actor at one moment."""

    by: Actor
    at: datetime
    _moving: dict[Any, _Moving] = field(default_factory=dict)
    _clock: list[tuple[Any, ...]] = field(default_factory=list)
    _history: list[history.Entry] = field(default_factory=list)
    _events: list[Any] = field(default_factory=list)

    @property
    def today(self) -> date:
        """Return the legal date of the moment (Asia/Shanghai)."""
        return clock.today(self.at)

    def chosen(self, code: str, held: Sequence[LockedCase], case_ids: Collection[Any]) -> list[LockedCase]:
        """Return those of the *held* cases that action *code* was asked for, in the order of *case_ids*.

        Whether the actor may take it is decided before anything about a case is told: raises NotFound for another
        organisation's, as if there were none, NotYourCase for a role that may not, NamedTwice.
        """
        cases = only(held, case_ids)
        for case in cases:
            self._permit(ACTIONS[code], case)
        return cases

    def take(self, case: LockedCase, code: str, note: Note = Note(), *, physical: bool = False, **dates: Any) -> None:
        """Move *case* by action *code*; *dates* are the new received_on, act_by, promised_on, legal_due_on,
        notice_until, correction_rounds.

        Raises NotThisWay when the table has no such row from the current state, NotYourCase, ReasonMissing.
        """
        action = ACTIONS[code]
        moving = self._moving.get(case.id) or _Moving(
            case,
            case.state,
            case.received_on,
            None,
            case.promised_on,
            case.legal_due_on,
            case.notice_until,
            case.correction_rounds,
        )
        self._check(action, moving, note)
        origin = moving.state
        moving.state = target_of(action, physical_delivery=physical) or origin
        for name, value in dates.items():
            setattr(moving, name, value)
        self._moving[case.id] = moving
        self._record(action, moving, origin, note, _days(moving) if dates.keys() & set(DAYS) else {})

    def tell(self, *happened: Any) -> None:
        """Add events that other rooms may listen to."""
        self._events.extend(happened)

    def of_the_house(self) -> "Moves":
        """Return moves the house itself takes over the same cases within this command, to be absorbed again."""
        return Moves(SYSTEM, self.at, self._moving)

    def absorb(self, other: "Moves") -> None:
        """Take over the moves of *other*, made by another actor in the same command."""
        self._moving |= other._moving
        self._clock += other._clock
        self._history += other._history
        self._events += other._events

    def state_of(self, case: LockedCase) -> State:
        """Return where *case* stands after the moves so far."""
        moving = self._moving.get(case.id)
        return moving.state if moving else case.state

    def write(self, batch: Batch) -> None:
        """Add everything to *batch*."""
        rows = [self._row(moving) for moving in self._moving.values()]
        batch.update(CASES, _MOVED, rows)
        batch.insert(CLOCK, self._clock)
        history.add(batch, self._history)
        events.add(batch, self._events)
        told = [one.case for one in self._moving.values() if neighbours.list_told(one.case.region)]
        events.add(batch, [ReportDue(str(case.id), str(case.application_id)) for case in told])

    def _check(self, action: Action, moving: _Moving, note: Note) -> None:
        self._permit(action, moving.case)
        if moving.state not in action.origins:
            raise NotThisWay(number=moving.case.number, state=STATE_TEXTS[moving.state], action=action.label)
        if action.needs_reason and not note.reason.strip():
            raise ReasonMissing(field="reason")
        if len(note.basis) > LONGEST_BASIS:
            raise BasisTooLong(limit=LONGEST_BASIS, field="basis")

    def _permit(self, action: Action, case: LockedCase) -> None:
        if action.who & who_is_at(self.by, case.organisation_id):
            return
        if self.by.organisation_id != case.organisation_id:
            raise NotFound(what=NO_CASE)  # a refusal must not tell other desks that the case exists
        raise NotYourCase(number=case.number)

    def _record(self, action: Action, moving: _Moving, origin: State, note: Note, found: dict[str, Any]) -> None:
        case = moving.case
        basis = note.basis or legal_basis(action, case.version_id, case.item_code)
        if action.clock:
            line = (case.id, action.clock, self.today, self.at, note.working_days, note.suspension, basis, note.reason[:500])
            self._clock.append((*line, self.by.name))
        self._history.append(
            history.Entry(
                subject_kind="case",
                subject_id=case.id,
                application_id=case.application_id,
                action=action.code,
                actor=self.by.to_record(),
                at=self.at,
                from_state=origin,
                to_state=moving.state,
                reason=note.reason,
                basis=basis,
                document_no=note.document_no,
                payload=note.payload | found,
            )
        )
        if moving.state not in OPEN:
            self._events.append(CaseEnded(str(case.id), str(case.application_id), moving.state))
        if moving.state in _TAKEN_BACK and neighbours.find_serving(case.organisation_id, case.item_code):
            self._events.append(CaseTakenBack(str(case.id), str(case.application_id)))

    def _row(self, moving: _Moving) -> tuple[Any, ...]:
        is_open = moving.state in OPEN
        return (
            moving.case.id,
            is_open,
            moving.state,
            moving.received_on,
            moving.act_by,
            moving.promised_on,
            moving.legal_due_on,
            moving.notice_until if is_open else None,
            moving.correction_rounds,
            self.at,
            None if is_open else self.at,
        )


def only(cases: Sequence[LockedCase], case_ids: Collection[Any]) -> list[LockedCase]:
    """Return those of *cases* that were asked for, in the order of *case_ids*; raises NamedTwice."""
    if len(set(case_ids)) < len(case_ids):
        raise NamedTwice(field="case_ids")
    by_id = {case.id: case for case in cases}
    return [by_id[case_id] for case_id in case_ids]


def _days(moving: _Moving) -> dict[str, Any]:
    return days(*(getattr(moving, name) for name in DAYS))
