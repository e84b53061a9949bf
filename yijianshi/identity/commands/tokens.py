"""Bearer tokens for programs: shown once, kept as a hash."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.identity.commands import audit
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import AccessToken, Account
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

CITIZEN_LIFE = timedelta(hours=2)
STAFF_LIFE = timedelta(hours=12)  # one working day; a service window cannot log in again every half hour [D]


def hash_token(token: str) -> bytes:
    """Return what is kept of a token. A fast hash is right here: 256 random bits cannot be guessed, unlike a password."""
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def issue_token(*, by: Actor, at: datetime) -> tuple[str, datetime]:
    """Return a new token for one's own account and when it ends; raises Forbidden for actors without an account."""
    account = Account.objects.filter(pk=by.account_id, is_active=True).first() if by.account_id else None
    if account is None:
        raise Forbidden(why=Text("请先登录", "please log in first"))
    token = secrets.token_urlsafe(32)
    row = AccessToken.objects.create(
        token_hash=hash_token(token),
        account=account,
        stamp=account.get_session_auth_hash(),
        created_at=at,
        expires_at=at + (STAFF_LIFE if by.is_staff else CITIZEN_LIFE),
    )
    audit.record([audit.entry("token", row.pk, "issue-token", by, at)])
    return token, row.expires_at


@transaction.atomic
def revoke_token(token: str, *, by: Actor, at: datetime) -> None:
    """End one of one's own tokens; a token that is unknown, ended or somebody else's is left alone without a word."""
    if by.account_id is None:
        return
    ended = AccessToken.objects.filter(token_hash=hash_token(token), account_id=by.account_id, revoked_at=None)
    for token_id in ended.values_list("pk", flat=True):
        _end(token_id, by, at)


def _end(token_id: UUID, by: Actor, at: datetime) -> None:
    AccessToken.objects.filter(pk=token_id).update(revoked_at=at)
    audit.record([audit.entry("token", token_id, "revoke-token", by, at)])


def find_account_by_token(token: str, at: datetime) -> Account | None:
    """Return the account a token opens at the moment *at*, else None."""
    row = AccessToken.objects.filter(token_hash=hash_token(token), revoked_at=None, expires_at__gt=at).first()
    account = Account.objects.filter(pk=row.account_id, is_active=True).first() if row else None
    if row is None or account is None:
        return None
    return account if secrets.compare_digest(row.stamp, account.get_session_auth_hash()) else None
