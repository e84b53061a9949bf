"""Tell people: the notice, and the messages that carry it, in the transaction of whoever tells."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yijianshi.exchange.notices.logic.hours import after_quiet, next_digest
from yijianshi.exchange.notices.models import Delivery, Enclosure, Notice
from yijianshi.exchange.notices.queries.locks import lock_open_digests
from yijianshi.exchange.notices.queries.wishes import Wish, wishes_of
from yijianshi.exchange.webhooks import commands as webhooks
from yijianshi.foundation.clock import LEGAL_ZONE
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

_WHY = Text("只有系统可以发通知", "only the house itself tells people")
_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """One thing to tell one person; *key* names what happened, *channels* the ways beside the site itself."""

    key: str
    person_id: UUID
    audience: str
    title: Text = field(repr=False)
    body: Text = field(repr=False)
    sms: Text | None = field(default=None, repr=False)
    channels: tuple[str, ...] = ()
    urgent: bool = False
    needs_action: bool = False
    act_by: date | None = None
    path: str = ""
    application_id: UUID | None = None
    mandate_id: UUID | None = None
    event: str = ""  # the event of the house behind it, and its variant, for programs that want to hear of it
    outcome: str = ""


@transaction.atomic
def notify(notices: Sequence[NewNotice], *, by: Actor, at: datetime) -> int:
    """Tell each person once of each thing and return how many notices are new; messages leave later, as each person wishes."""
    if not by.is_system:
        raise Forbidden(why=_WHY)
    rows = {new_id(): one for one in _once(notices)}
    Notice.objects.bulk_create([_row(notice_id, one, at) for notice_id, one in rows.items()], ignore_conflicts=True)
    fresh = set(Notice.objects.filter(id__in=rows).values_list("id", flat=True))
    told = {notice_id: one for notice_id, one in rows.items() if notice_id in fresh}
    _enclose(told, at)
    webhooks.record([_news(one) for one in told.values() if one.event], at=at)
    return len(fresh)


def channels_on() -> frozenset[str]:
    """Return the ways this house has a gateway for."""
    return frozenset(name for name, address in (("sms", settings.SMS_ADDRESS), ("email", settings.MAIL_ADDRESS)) if address)


def _once(notices: Sequence[NewNotice]) -> list[NewNotice]:
    return sorted({(one.key, one.person_id): one for one in notices}.values(), key=lambda one: (one.key, one.person_id))


def _news(one: NewNotice) -> webhooks.News:
    return webhooks.News(person_id=one.person_id, kind=one.event, outcome=one.outcome, application_id=one.application_id)


def _row(notice_id: UUID, one: NewNotice, at: datetime) -> Notice:
    texts = {"title": one.title.to_json(), "body": one.body.to_json(), "sms": one.sms.to_json() if one.sms else None}
    return Notice(
        id=notice_id,
        key=one.key,
        person_id=one.person_id,
        audience=one.audience,
        content=json.dumps(texts, ensure_ascii=False),
        needs_action=one.needs_action,
        act_by=one.act_by,
        path=one.path,
        application_id=one.application_id,
        mandate_id=one.mandate_id,
        created_at=at,
    )


def _enclose(fresh: Mapping[UUID, NewNotice], at: datetime) -> None:
    """Put the fresh notices into deliveries: an own one each, or the person's open digest."""
    ways = channels_on()
    if not fresh or not ways:
        return
    wishes = wishes_of({one.person_id for one in fresh.values()})
    alone: list[tuple[UUID, NewNotice, str]] = []
    digests: list[tuple[UUID, NewNotice, str]] = []
    for notice_id, one in fresh.items():
        wish = wishes[one.person_id]
        for channel in sorted(ways & set(one.channels) & wish.channels):
            (digests if wish.is_daily and not one.urgent else alone).append((notice_id, one, channel))
    rows = [_delivery(one, channel, wishes[one.person_id], at) for _, one, channel in alone]
    Delivery.objects.bulk_create(rows)
    Enclosure.objects.bulk_create(
        Enclosure(delivery=row, notice_id=notice_id) for row, (notice_id, _, _) in zip(rows, alone, strict=True)
    )
    _into_digests([(notice_id, one.person_id, channel) for notice_id, one, channel in digests], wishes, at)


def _delivery(one: NewNotice, channel: str, wish: Wish, at: datetime) -> Delivery:
    due = at if one.urgent else after_quiet(at, wish.quiet, LEGAL_ZONE)
    return Delivery(id=new_id(), person_id=one.person_id, channel=channel, is_urgent=one.urgent, next_at=due, created_at=at)


def _into_digests(wanted: Collection[tuple[UUID, UUID, str]], wishes: Mapping[UUID, Wish], at: datetime) -> None:
    """Add notices to open digests; one that a sender takes in this very moment is followed by the next."""
    left = list(wanted)
    for _ in range(_ROUNDS):
        if not left:
            return
        places = sorted({(person, channel) for _, person, channel in left})
        opened = [
            Delivery(
                id=new_id(),
                person_id=person,
                channel=channel,
                is_digest=True,
                next_at=next_digest(at, wishes[person].quiet, LEGAL_ZONE),
                created_at=at,
            )
            for person, channel in places
        ]
        Delivery.objects.bulk_create(opened, ignore_conflicts=True)
        held = lock_open_digests({person for person, _ in places})
        Enclosure.objects.bulk_create(
            Enclosure(delivery_id=held[person, channel], notice_id=notice_id)
            for notice_id, person, channel in left
            if (person, channel) in held
        )
        left = [one for one in left if one[1:] not in held]
