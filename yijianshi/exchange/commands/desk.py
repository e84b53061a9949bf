"""What an operator does about a stuck message: try it again, or hand its matter to a person, saying what was agreed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.exchange.commands.tables import COURIER_CHANNEL
from yijianshi.exchange.events import ThreadAdvanced
from yijianshi.exchange.models import Outgoing, ReceivingThread
from yijianshi.exchange.queries.locks import lock_received, lock_threads
from yijianshi.foundation import events, history
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid

LONGEST_NOTE = 500


class NotYourMessage(Forbidden):
    """卡住的消息只能由系统管理员重送或者转人工。

    Only the operator can send a stuck message again or hand it to a person.
    """


class NoLongerStuck(Conflict):
    """这条消息已经不再卡住，可能刚刚送到，或者同事已经处理。

    This message is no longer stuck: it may just have arrived, or a colleague has dealt with it.
    """


class NoteMissing(Invalid):
    """请写明转给谁、约定怎样办（不超过 {limit} 字）。以后查问时只有这句话。

    Please write down to whom it was handed and what was agreed (at most {limit} characters). Later this line is all there is.
    """


@transaction.atomic
def retry_message(way: str, message_id: str, *, by: Actor, at: datetime) -> None:
    """Try a stuck message again: an outgoing one is sent, an incoming one applied. Raises NoLongerStuck."""
    _permit(by)
    if way == "out":
        stuck = Outgoing.objects.filter(id=_uuid(message_id), delivered_at=None, closed_at=None)
        if not stuck.update(refused="", next_at=at):
            raise NoLongerStuck
        _wake()
        return
    row = lock_received(_number(message_id))
    if row is None:
        raise NoLongerStuck
    events.publish(ThreadAdvanced(row.neighbour, row.about))


@transaction.atomic
def hand_to_person(way: str, message_id: str, note: str, *, by: Actor, at: datetime) -> None:
    """Close a stuck message because a person takes care of its matter; an incoming one no longer stops its thread."""
    _permit(by)
    agreed = note.replace("\0", "").strip()  # PostgreSQL keeps no such character
    if not agreed or len(agreed) > LONGEST_NOTE:
        raise NoteMissing(limit=LONGEST_NOTE, field="note")
    closed = _close_out(message_id, agreed, by, at) if way == "out" else _close_in(message_id, agreed, by, at)
    history.record(
        [
            history.Entry(
                subject_kind="message",
                subject_id=closed,
                action="hand_to_person",
                actor=by.to_record(),
                at=at,
                reason=agreed,
            )
        ]
    )


def _close_out(message_id: str, note: str, by: Actor, at: datetime) -> UUID:
    key = _uuid(message_id)
    stuck = Outgoing.objects.filter(id=key, delivered_at=None, closed_at=None)
    if not stuck.update(closed_at=at, closed_by=by.name, closed_note=note):
        raise NoLongerStuck
    return key


def _close_in(message_id: str, note: str, by: Actor, at: datetime) -> UUID:
    row = lock_received(_number(message_id))
    if row is None:
        raise NoLongerStuck
    applied = lock_threads([(row.neighbour, row.about)]).get((row.neighbour, row.about), 0)
    if row.sequence != applied + 1:
        raise NoLongerStuck
    row.applied_at, row.closed_by, row.closed_note = at, by.name, note
    row.save(update_fields=["applied_at", "closed_by", "closed_note"])
    ReceivingThread.objects.filter(neighbour=row.neighbour, about=row.about).update(applied=row.sequence)
    events.publish(ThreadAdvanced(row.neighbour, row.about))
    return row.message_id


def _permit(by: Actor) -> None:
    if not (by.is_system or (by.is_staff and by.has_role(Role.OPERATOR))):
        raise NotYourMessage


def _wake() -> None:
    batch = Batch()
    batch.notify(COURIER_CHANNEL)
    batch.flush()


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()  # nothing has this id: the same answer as for a message that is gone


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def retry_all(rows: Sequence[tuple[str, str]], *, by: Actor, at: datetime) -> int:
    """Try all these (way, id) again and return how many were still stuck."""
    done = 0
    for way, message_id in rows:
        try:
            retry_message(way, message_id, by=by, at=at)
        except NoLongerStuck:
            continue
        done += 1
    return done
