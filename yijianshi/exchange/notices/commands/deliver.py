"""Send what is due: take it, send it outside any transaction, note what became of it.

Killed in between, a message is sent again after its lease under the same id, and the gateway knows it. The first message a
gateway does not take ends the round for that gateway alone: a dead one costs one time-out, not one for each message.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from yijianshi.exchange.notices.logic import letters, retrying
from yijianshi.exchange.notices.logic.hours import after_quiet
from yijianshi.exchange.notices.models import Delivery, Enclosure
from yijianshi.exchange.notices.queries.listing import content_of
from yijianshi.exchange.notices.queries.locks import lock_due
from yijianshi.exchange.notices.queries.wishes import Wish, wishes_of
from yijianshi.exchange.notices.senders.port import Away, Letter, Refused, Sender
from yijianshi.exchange.notices.senders.sms_http import SmsGateway
from yijianshi.exchange.notices.senders.smtp import MailServer
from yijianshi.foundation.clock import LEGAL_ZONE
from yijianshi.identity.logic.actor import Actor

_log = structlog.get_logger()
_State = Delivery.State


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did; *is_over*: nothing more is to be sent by this way now."""

    sent: int = 0
    is_over: bool = False


def sender_of(channel: str) -> Sender | None:
    """Return the gateway of a way, None when the house has none."""
    if channel == "sms":
        return SmsGateway(settings.SMS_ADDRESS, settings.SMS_TOKEN) if settings.SMS_ADDRESS else None
    return MailServer(settings.MAIL_ADDRESS, settings.MAIL_FROM) if settings.MAIL_ADDRESS else None


def deliver_due(channel: str, *, by: Actor, at: datetime, most: int = 20) -> Round:
    """Send up to *most* messages that are due by *channel*; ``is_over`` when none is left or the gateway is away."""
    sender = sender_of(channel)
    if sender is None or not by.is_system:
        return Round(is_over=True)
    taken = _take(channel, at, most)
    sent = 0
    for place, (row, letter) in enumerate(taken):
        try:
            sender.send(letter)
        except Away as away:
            _put_off(row, away, at)
            _give_back([one for one, _ in taken[place + 1 :]], at)
            return Round(sent, is_over=True)
        except Refused as refused:
            _end(row, _State.GIVEN_UP, at, refused.code)
        except Exception as error:  # a fault of ours in one message must not hold up the others
            _log.warning("notices.sender_fault", delivery_id=str(row.id), channel=channel, why=type(error).__name__)
            _put_off(row, Away(type(error).__name__), at)
        else:
            _end(row, _State.SENT, at)
            sent += 1
    return Round(sent, is_over=not taken)


@transaction.atomic
def _take(channel: str, at: datetime, most: int) -> list[tuple[Delivery, Letter]]:
    """Take what is due under a lease, and end or put off what may not be sent (any more, or now)."""
    rows = lock_due(channel, at, most)
    wishes = wishes_of({row.person_id for row in rows})
    texts = _texts(rows)
    taken, left_out = [], []
    for row in rows:
        wish = wishes[row.person_id]
        due = at if row.is_urgent else after_quiet(at, wish.quiet, LEGAL_ZONE)
        if channel not in wish.addresses or not texts[row.id]:
            row.state, row.error = _State.LEFT_OUT, "no address, or switched off"
            left_out.append(row)
        elif due > at:
            row.next_at = due
            left_out.append(row)
        else:
            row.attempts, row.next_at = row.attempts + 1, at + retrying.LEASE
            taken.append((row, _letter(row, wish, texts[row.id])))
    Delivery.objects.bulk_update([*left_out, *(row for row, _ in taken)], ["state", "error", "attempts", "next_at"])
    return taken if taken or not rows else _take(channel, at, most)


def _texts(rows: Sequence[Delivery]) -> dict[UUID, list[letters.Content]]:
    found: dict[UUID, list[letters.Content]] = {row.id: [] for row in rows}
    enclosed = Enclosure.objects.filter(delivery_id__in=found).select_related("notice").order_by("notice_id")
    for one in enclosed:
        found[one.delivery_id].append(content_of(one.notice))
    return found


def _letter(row: Delivery, wish: Wish, contents: Sequence[letters.Content]) -> Letter:
    if row.channel == "sms":
        words = letters.as_sms(contents, wish.language, urlsplit(settings.PUBLIC_URL).netloc)
    else:
        words = letters.as_email(contents, wish.language, settings.PUBLIC_URL)
    return Letter(row.id, wish.addresses[row.channel], words.subject, words.text)


def _put_off(row: Delivery, away: Away, at: datetime) -> None:
    if row.attempts >= retrying.MOST_ATTEMPTS:
        _end(row, _State.GIVEN_UP, at, str(away))
        return
    wait = retrying.wait(row.attempts, random.uniform(0.5, 1.5), away.after)  # noqa: S311
    Delivery.objects.filter(id=row.id, state=_State.WAITING).update(next_at=at + wait, error=str(away)[:200])
    _log.info("notices.put_off", delivery_id=str(row.id), channel=row.channel, attempts=row.attempts, why=str(away)[:200])


def _give_back(rows: Sequence[Delivery], at: datetime) -> None:
    """Put back what was taken and never tried: its attempts do not count, but a digest stays closed."""
    for row in rows:
        row.attempts, row.next_at = max(row.attempts - 1, 1 if row.is_digest else 0), at + retrying.wait(2, 1.0)
    Delivery.objects.bulk_update(rows, ["attempts", "next_at"])


def _end(row: Delivery, state: str, at: datetime, error: str = "") -> None:
    sent_at = at if state == _State.SENT else None
    Delivery.objects.filter(id=row.id, state=_State.WAITING).update(state=state, sent_at=sent_at, error=error[:200])
    if state == _State.GIVEN_UP:
        _log.warning("notices.given_up", delivery_id=str(row.id), channel=row.channel, attempts=row.attempts, why=error[:200])
