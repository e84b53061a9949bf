"""A program asks to be told, changes its mind, and asks to be told again."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yijianshi.exchange.webhooks.commands.record import new_event
from yijianshi.exchange.webhooks.logic.retrying import KEPT, SECRETS_OVERLAP
from yijianshi.exchange.webhooks.logic.signing import PREFIX
from yijianshi.exchange.webhooks.models import Event, Subscription
from yijianshi.exchange.webhooks.queries.listing import THIS
from yijianshi.exchange.webhooks.queries.locks import lock_own
from yijianshi.exchange.webhooks.targets import parse_target
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from yijianshi.kernel.text import Text

MOST_SUBSCRIPTIONS = 10
PING = "webhook.ping"
_PERSONS = Text("请先登录", "please log in first")


class TooManySubscriptions(Conflict):
    """最多登记 {most} 个通知地址。请先去掉不用的。

    At most {most:webhook|webhooks} can be registered. Please remove those you no longer use.
    """


class UnknownKinds(Invalid):
    """没有“{kinds}”这种通知。可以用的：{known}

    There are no events called {kinds}. There are: {known}
    """


@transaction.atomic
def subscribe(address: str, kinds: Sequence[str], *, known: Sequence[str], by: Actor, at: datetime) -> tuple[UUID, str]:
    """Register where to be told of *kinds* (none: all); return the id and the secret, which is shown this once.

    Raises NotATarget, UnknownKinds, TooManySubscriptions.
    """
    if by.account_id is None or by.person_id is None:
        raise Forbidden(why=_PERSONS)
    parse_target(address, local=settings.MODE != "production")
    unknown = sorted(set(kinds) - set(known))
    if unknown:
        raise UnknownKinds(kinds=", ".join(unknown)[:200], known=", ".join(known), field="kinds")
    if Subscription.objects.filter(account_id=by.account_id, ended_at=None).count() >= MOST_SUBSCRIPTIONS:
        raise TooManySubscriptions(most=MOST_SUBSCRIPTIONS)
    row = Subscription.objects.create(
        account_id=by.account_id,
        person_id=by.person_id,
        address=address,
        kinds=sorted(set(kinds)),
        secret=_new_secret(),
        created_at=at,
    )
    return row.id, str(row.secret)


@transaction.atomic
def unsubscribe(subscription_id: UUID, *, by: Actor, at: datetime) -> None:
    """End one's own subscription; what was not sent yet is not sent any more. Raises NotFound."""
    row = _own(subscription_id, by)
    row.ended_at, row.ended_why = at, "REMOVED"
    row.save(update_fields=["ended_at", "ended_why"])


@transaction.atomic
def replace_secret(subscription_id: UUID, *, by: Actor, at: datetime) -> str:
    """Return a new secret; the old one signs beside it for a day, so that the program can change over. Raises NotFound."""
    row = _own(subscription_id, by)
    row.old_secret, row.old_until, row.secret = row.secret, at + SECRETS_OVERLAP, _new_secret()
    row.save(update_fields=["old_secret", "old_until", "secret"])
    return str(row.secret)


@transaction.atomic
def ping(subscription_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Send a test event and return its id; raises NotFound."""
    event = new_event(_own(subscription_id, by), PING, {}, at)
    event.save(force_insert=True)
    return event.id


@transaction.atomic
def replay(subscription_id: UUID, *, since: datetime, by: Actor, at: datetime) -> int:
    """Send again, under their old ids, all events since that moment, at most a month back; return how many. Raises NotFound."""
    row = _own(subscription_id, by)
    row.rests_until = None
    row.save(update_fields=["rests_until"])
    rows = Event.objects.filter(subscription=row, created_at__gte=max(since, at - KEPT))
    return rows.update(next_at=at, attempts=0, delivered_at=None, given_up_at=None, error="")


def _own(subscription_id: UUID, by: Actor) -> Subscription:
    row = lock_own(subscription_id, by.account_id)
    if row is None:
        raise NotFound(what=THIS)
    return row


def _new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()
