"""What the courier does with questions to registers: take what is due, and write down what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import orjson
import structlog
from django.db import transaction
from django.db.models import F

from yijianshi.exchange.commands.sharing import OPEN
from yijianshi.exchange.connectors.port import Read, Reading
from yijianshi.exchange.events import RegisterAnswered
from yijianshi.exchange.logic import sharing
from yijianshi.exchange.logic.breaker import wait_after
from yijianshi.exchange.logic.entries import RegisterEntry
from yijianshi.exchange.logic.sharing import CLAIM_CONTEXT, SUBJECT_CONTEXT, VALUE_CONTEXT
from yijianshi.exchange.models import Claim, Debt, RegisterRead
from yijianshi.foundation import events, history, sealing
from yijianshi.identity.logic.actor import SYSTEM

LEASE = timedelta(minutes=3)
_NOTHING = RegisterEntry()
_log = structlog.get_logger()
State = RegisterRead.State


@dataclass(frozen=True, slots=True)
class Due:
    """A question leased to this courier."""

    reading: Reading
    asked: tuple[str, ...]  # in the house's names
    entry: RegisterEntry
    attempts: int


@transaction.atomic
def lock_due_reads(neighbour: str, registers: dict[str, RegisterEntry], most: int, *, at: datetime) -> list[Due]:
    """Lease up to *most* questions that are due; they come back by themselves when the lease ends."""
    rows = list(
        RegisterRead.objects.select_for_update(skip_locked=True)
        .filter(neighbour=neighbour, ended_at=None, state__in=OPEN, next_at__lte=at)
        .order_by("next_at", "id")[:most]
    )
    RegisterRead.objects.filter(id__in=[row.id for row in rows]).update(next_at=at + LEASE, attempts=F("attempts") + 1)
    return [_due(row, registers.get(row.register, _NOTHING)) for row in rows]


@transaction.atomic
def note_answer(due: Due, answer: Read, *, at: datetime) -> None:
    """Keep what was asked for of the answer; the rest is dropped and logged. A question that ended meanwhile keeps nothing."""
    row = _lock_open(due.reading.request)
    if row is None:
        return
    kept = sharing.kept(due.entry, due.asked, answer.fields)
    if kept.dropped:
        _log.warning("exchange.read_more_than_asked", neighbour=row.neighbour, register=row.register, fields=list(kept.dropped))
    row.state = State.ANSWERED if answer.found and kept.fields else State.NOT_FOUND
    row.value = sealing.seal(orjson.dumps(dict(kept.fields)).decode(), VALUE_CONTEXT) if kept.fields else ""
    row.as_of = min(answer.as_of, at) if answer.as_of else None
    row.answered_at, row.error = at, ""
    row.fresh_until = at + timedelta(hours=row.fresh_hours)
    row.save(update_fields=["state", "value", "as_of", "answered_at", "error", "fresh_until"])
    history.record([_entry(row, sorted(kept.fields), at)])
    _settle(row, "ANSWERED" if row.state == State.ANSWERED else "NOTHING", at)


@transaction.atomic
def note_refused(due: Due, why: str, *, at: datetime) -> None:
    """Write down that the register will not answer this question; the person or the department is asked instead."""
    row = _lock_open(due.reading.request)
    if row is not None:
        row.state, row.error, row.answered_at = State.REFUSED, why[:500], at
        row.fresh_until = at + timedelta(hours=1)
        row.save(update_fields=["state", "error", "answered_at", "fresh_until"])
        _settle(row, "NOTHING", at)


@transaction.atomic
def note_reads_away(dues: Sequence[Due], why: str, *, at: datetime, jitter: float) -> None:
    """Write down that the register could not be reached; every question rests and is asked again, without end."""
    for due in dues:
        rows = RegisterRead.objects.filter(id=due.reading.request, ended_at=None, state__in=OPEN)
        rows.update(state=State.AWAY, error=why[:500], next_at=at + wait_after(due.attempts, jitter))


def hasten_reads(neighbour: str, *, at: datetime) -> None:
    """Make the questions that rest after failed tries due now, because the register may be back."""
    rows = RegisterRead.objects.filter(neighbour=neighbour, ended_at=None, state__in=OPEN, attempts__gt=0, next_at__gt=at)
    rows.update(next_at=at)


@dataclass(frozen=True, slots=True)
class DueClaim:
    """A correction leased to this courier."""

    id: UUID
    reading: Reading
    claim: dict[str, str]
    attempts: int


@transaction.atomic
def lock_due_claims(neighbour: str, registers: dict[str, RegisterEntry], most: int, *, at: datetime) -> list[DueClaim]:
    """Lease up to *most* corrections that are due."""
    rows = list(
        Claim.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("read")
        .filter(neighbour=neighbour, state=Claim.State.WAITING, next_at__lte=at)
        .order_by("next_at", "id")[:most]
    )
    Claim.objects.filter(id__in=[row.id for row in rows]).update(next_at=at + LEASE, attempts=F("attempts") + 1)
    return [_due_claim(row, registers.get(row.read.register, _NOTHING)) for row in rows]


def note_claim(claim_id: UUID, *, taken: bool, why: str = "") -> None:
    """Write down what the register said to a correction."""
    state = Claim.State.TAKEN if taken else Claim.State.REFUSED
    Claim.objects.filter(id=claim_id, state=Claim.State.WAITING).update(state=state, error=why[:500])


def note_claims_away(dues: Sequence[DueClaim], why: str, *, at: datetime, jitter: float) -> None:
    """Write down that the register could not be reached; the corrections are sent again."""
    for due in dues:
        rows = Claim.objects.filter(id=due.id, state=Claim.State.WAITING)
        rows.update(error=why[:500], next_at=at + wait_after(due.attempts, jitter))


def hasten_claims(neighbour: str, *, at: datetime) -> None:
    """Make the corrections that rest after failed tries due now."""
    Claim.objects.filter(neighbour=neighbour, state=Claim.State.WAITING, attempts__gt=0, next_at__gt=at).update(next_at=at)


def _lock_open(read_id: UUID) -> RegisterRead | None:
    return RegisterRead.objects.select_for_update().filter(id=read_id, ended_at=None, state__in=OPEN).first()


def _settle(row: RegisterRead, how: str, at: datetime) -> None:
    """Close the debts on this answer, once, and tell the rooms that wait for it."""
    if Debt.objects.filter(read=row, settled_at=None).update(settled_at=at, how=how):
        events.publish(RegisterAnswered(str(row.id), str(row.matter)))


def _entry(row: RegisterRead, fields: list[str], at: datetime) -> history.Entry:
    """Return the line that says whose data were read for what; which fields, never their values."""
    return history.Entry(
        subject_kind="read",
        subject_id=row.id,
        action="answer",
        actor=SYSTEM.to_record(),
        at=at,
        to_state=row.state,
        basis=row.basis,
        payload={
            "register": row.register,
            "neighbour": row.neighbour,
            "matter": str(row.matter),
            "items": row.purposes,
            "about": str(row.subject_id),
            "asked_by": str(row.asked_by),
            "authorisation": row.authorisation,
            "fields": fields,
        },
    )


def _due(row: RegisterRead, entry: RegisterEntry) -> Due:
    asked = tuple(row.fields)
    return Due(_reading(row, entry, row.id, sharing.outward(entry, asked)), asked, entry, row.attempts + 1)


def _reading(row: RegisterRead, entry: RegisterEntry, request: UUID, fields: tuple[str, ...]) -> Reading:
    return Reading(
        request=request,
        register=entry.code or row.register,
        purpose=",".join(row.purposes),
        authorisation=row.authorisation,
        subject=orjson.loads(sealing.unseal(row.subject, SUBJECT_CONTEXT)),
        fields=fields,
    )


def _due_claim(row: Claim, entry: RegisterEntry) -> DueClaim:
    said, claimed, reason = sealing.unseal_many([row.said, row.claimed, row.reason], CLAIM_CONTEXT)
    theirs = entry.names.get(row.field, row.field)
    reading = _reading(row.read, entry, row.id, (theirs,))
    claim = {"about_read": str(row.read_id), "field": theirs, "said": said, "claimed": claimed, "reason": reason}
    return DueClaim(row.id, reading, claim, row.attempts + 1)
