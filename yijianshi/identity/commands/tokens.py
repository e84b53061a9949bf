"""Bearer tokens for programs: shown once, kept as a hash."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yijianshi.foundation import clock
from yijianshi.identity.commands import audit
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import AccessToken, Account
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from yijianshi.kernel.text import Text

CITIZEN_LIFE = timedelta(hours=2)
KEY_PREFIX, SANDBOX_PREFIX = "yjs_", "yjs_test_"
MOST_KEYS, LONGEST_DAYS, _LONGEST_NAME = 10, 365, 60
STAFF_LIFE = timedelta(hours=12)  # one working day; a service window cannot log in again every half hour [D]


class BadKeyName(Invalid):
    """请给密钥起个名字，最多 {limit} 个字，写明是哪个程序用的。

    Please name the key after the program that uses it, in at most {limit} characters.
    """


class TooManyKeys(Conflict):
    """最多同时有 {most} 个密钥。请先停用不用的。

    At most {most:key|keys} can be in use. Please end those you no longer need.
    """


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
def issue_key(name: str, days: int, *, by: Actor, at: datetime) -> tuple[UUID, str, datetime]:
    """Return a key for a program of one's own: its id, the key (shown this once), and when it ends.

    A sandbox's keys say so in their first letters. Raises BadKeyName, TooManyKeys, Forbidden for actors without an account.
    """
    account = Account.objects.filter(pk=by.account_id, is_active=True).first() if by.account_id else None
    if account is None:
        raise Forbidden(why=Text("请先登录", "please log in first"))
    title = " ".join(name.split())
    if not title or len(title) > _LONGEST_NAME:
        raise BadKeyName(limit=_LONGEST_NAME, field="name")
    if AccessToken.objects.filter(account=account, revoked_at=None, expires_at__gt=at).exclude(name="").count() >= MOST_KEYS:
        raise TooManyKeys(most=MOST_KEYS)
    key = (SANDBOX_PREFIX if settings.DEMO else KEY_PREFIX) + secrets.token_urlsafe(32)
    row = AccessToken.objects.create(
        token_hash=hash_token(key),
        account=account,
        stamp=account.get_session_auth_hash(),
        name=title,
        created_at=at,
        expires_at=at + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
    )
    audit.record([audit.entry("token", row.pk, "issue-key", by, at)])
    return row.pk, key, row.expires_at


@transaction.atomic
def revoke_key(key_id: UUID, *, by: Actor, at: datetime) -> None:
    """End one of one's own keys; raises NotFound for one that is unknown, ended or somebody else's."""
    if not by.account_id or not AccessToken.objects.filter(pk=key_id, account_id=by.account_id, revoked_at=None).exists():
        raise NotFound(what=Text("这个密钥", "This key"))
    _end(key_id, by, at)


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
    """Return the account a token or key opens at the moment *at*, else None; a sandbox's key opens nothing elsewhere."""
    if token.startswith(SANDBOX_PREFIX) and not settings.DEMO:
        return None
    row = AccessToken.objects.filter(token_hash=hash_token(token), revoked_at=None, expires_at__gt=at).first()
    account = Account.objects.filter(pk=row.account_id, is_active=True).first() if row else None
    if row is None or account is None:
        return None
    if not secrets.compare_digest(row.stamp, account.get_session_auth_hash()):
        return None
    if row.name and row.last_used_on != clock.today(at):
        AccessToken.objects.filter(pk=row.pk).update(last_used_on=clock.today(at))
    return account
