"""The keys somebody made for programs of their own."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import AccessToken


@dataclass(frozen=True, slots=True)
class KeyCard:
    """One key, never the key itself."""

    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None


def list_keys(*, by: Actor, at: datetime) -> list[KeyCard]:
    """Return the actor's own keys that open something now, newest first."""
    if by.account_id is None:
        return []
    rows = AccessToken.objects.filter(account_id=by.account_id, revoked_at=None, expires_at__gt=at).exclude(name="")
    return [KeyCard(row.pk, row.name, row.created_at, row.expires_at, row.last_used_on) for row in rows.order_by("-created_at")]
