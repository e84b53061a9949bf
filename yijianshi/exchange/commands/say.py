"""What people say about reading their data: consent and its withdrawal, "this is wrong", objections; and the answers to these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.exchange.commands.tables import COURIER_CHANNEL
from yijianshi.exchange.logic.sharing import CLAIM_CONTEXT, SENSITIVE
from yijianshi.exchange.models import Claim, Objection, RegisterRead, SharingConsent
from yijianshi.foundation import sealing
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from yijianshi.kernel.text import Text

_LONGEST = 1000
THIS_USE = Text("这次使用", "This use")
THIS_CONSENT = Text("这份同意", "This consent")
THIS_OBJECTION = Text("这条异议", "This objection")


class NothingSaid(Invalid):
    """请写几句话，说明是怎么回事，最多 {limit} 个字。

    Please say in a few words what it is about, at most {limit} characters.
    """


class AlreadyAnswered(Conflict):
    """这条异议已经答复过了。请刷新页面看答复。

    This objection has been answered already. Reload the page to see the answer.
    """


class NotForOperators(Forbidden):
    """异议由系统管理员答复。

    Objections are answered by the operators.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Consenting:
    """What a person agrees to: sensitive fields of one register for one matter, with the words shown to her."""

    matter: UUID
    register: str
    register_name: Text
    field_names: tuple[Text, ...]
    text: Text


def consent(given: Consenting, *, by: Actor, at: datetime) -> None:
    """Keep a consent; given twice it is one."""
    if by.person_id is None:
        raise NotFound(what=THIS_CONSENT)
    SharingConsent.objects.get_or_create(
        matter=given.matter,
        register=given.register,
        withdrawn_at=None,
        defaults={
            "id": new_id(),
            "person_id": by.person_id,
            "register_name": given.register_name.to_json(),
            "field_names": [one.to_json() for one in given.field_names],
            "text": given.text.to_json(),
            "given_at": at,
        },
    )


@transaction.atomic
def withdraw_consent(matter: UUID, register: str, *, is_draft: bool, by: Actor, at: datetime) -> None:
    """End a consent: nothing more is read on it, and a draft uses nothing of it; what was submitted stays with the department.

    The caller has checked whose matter it is. Raises NotFound when there is no such consent of this person.
    """
    row = _lock_consent(matter, register, by.person_id) if by.person_id else None
    if row is None:
        raise NotFound(what=THIS_CONSENT)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    reads = RegisterRead.objects.filter(matter=matter, register=register, part=SENSITIVE, ended_at=None)
    if is_draft:
        reads.update(ended_at=at, value="")
    else:
        reads.filter(state__in=("WAITING", "AWAY"), debts__isnull=True).update(ended_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One value said to be wrong: as the register gave it and as the person says it is."""

    read_id: UUID
    fact: str
    field_name: str
    said: str = field(repr=False)
    claimed: str = field(repr=False)
    reason: str = field(repr=False)


@transaction.atomic
def claim(wrong: Claimed, *, by: Actor, at: datetime) -> None:
    """Keep that a value is said to be wrong and let the courier tell its source; said again, the later words count.

    The caller has checked that the read belongs to the person's own matter.
    """
    reason = _words(wrong.reason)
    row = _lock_read(wrong.read_id)
    sealed = sealing.seal_many([wrong.said, wrong.claimed, reason], CLAIM_CONTEXT)
    fresh: dict[str, Any] = dict(zip(("said", "claimed", "reason"), sealed, strict=True))
    fresh |= {"by": by.person_id, "at": at, "state": Claim.State.WAITING, "attempts": 0, "next_at": at, "error": ""}
    fixed: Mapping[str, Any] = {"id": new_id(), "neighbour": row.neighbour, "matter": row.matter, "field": wrong.field_name}
    Claim.objects.update_or_create(read=row, fact=wrong.fact, defaults=fresh, create_defaults={**fixed, **fresh})
    batch = Batch()
    batch.notify(COURIER_CHANNEL)
    batch.flush()


def object_to(about_kind: str, about_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Keep a person's objection to one use of her data; the caller has checked that it is hers. Said twice it is one."""
    if by.person_id is None:
        raise NotFound(what=THIS_USE)
    words = _words(reason)
    try:
        with transaction.atomic():
            Objection.objects.create(
                id=new_id(), person_id=by.person_id, about_kind=about_kind, about_id=about_id, reason=words, at=at
            )
    except IntegrityError:
        return


@transaction.atomic
def answer_objection(objection_id: UUID, answer: str, *, by: Actor, at: datetime) -> None:
    """Answer an objection, once; raises NotForOperators, NotFound, AlreadyAnswered, NothingSaid."""
    if not (by.is_staff and by.has_role(Role.OPERATOR)):
        raise NotForOperators
    row = _lock_objection(objection_id)
    if row is None:
        raise NotFound(what=THIS_OBJECTION)
    if row.answered_at is not None:
        raise AlreadyAnswered
    row.answer, row.answered_by, row.answered_at = _words(answer), by.name, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])


def _lock_consent(matter: UUID, register: str, person_id: UUID) -> SharingConsent | None:
    live = SharingConsent.objects.filter(matter=matter, register=register, withdrawn_at=None, person_id=person_id)
    return live.select_for_update().first()


def _lock_read(read_id: UUID) -> RegisterRead:
    return RegisterRead.objects.select_for_update().get(id=read_id)


def _lock_objection(objection_id: UUID) -> Objection | None:
    return Objection.objects.select_for_update().filter(id=objection_id).first()


def _words(text: str) -> str:
    words = text.strip()
    if not words or len(words) > _LONGEST:
        raise NothingSaid(limit=_LONGEST, field="reason")
    return words
