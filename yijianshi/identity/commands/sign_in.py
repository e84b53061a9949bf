"""Logging in, out, and entering a demonstration."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from yijianshi.foundation.history import Entry
from yijianshi.identity.commands import audit
from yijianshi.identity.commands.throttle import forgive, key_of, knock, shut_until
from yijianshi.identity.logic import passwords, throttle
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.logic.addresses import network_key
from yijianshi.identity.models import Account
from yijianshi.identity.queries import actor_of
from yijianshi.kernel.errors import DomainError, NotFound
from yijianshi.kernel.text import Text

log = structlog.get_logger(__name__)


class WrongCredentials(DomainError):
    """用户名或密码不对，没有登录。请再看一遍大小写和空格；连续输错 5 次，账户会暂停登录一段时间。

    The user name or the password does not fit, so you are not logged in. Please check capitals and blanks; after five wrong
    passwords in a row the account is closed for a while.
    """

    status = 401


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A successful log-in: the account, its actor, and the stamp of the password it was made with."""

    account_id: UUID
    actor: Actor
    stamp: str


def log_in(username: str, password: str, ip: str, at: datetime) -> LoggedIn:
    """Return who logged in.

    Costs the same time whether or not the account exists. Attempts are counted per account and per network before the password
    is looked at. Raises WrongCredentials for any reason a log-in fails, TryAgainLater while a door is shut.
    """
    name = username.strip().lower()[:64]
    account_key, address_key = key_of("account", name), key_of("address", network_key(ip))
    doors = {account_key: throttle.ACCOUNT, address_key: throttle.ADDRESS}
    until = knock(doors, at)  # its own transaction: the count must survive the refusal below
    if until is not None:
        log.warning("login.shut", door=account_key.hex()[:12])
        raise shut_until(until, at)
    account = _authenticate(name, password)
    if account is None:
        log.warning("login.failed", door=account_key.hex()[:12])
        raise WrongCredentials
    with transaction.atomic():
        forgive(doors, at, entirely=account_key)
        return _welcome(account, "log-in", at)


def log_out(by: Actor, at: datetime) -> None:
    """Write down that somebody left; the session itself is the entrance's to close."""
    if by.account_id is not None:
        with transaction.atomic():
            audit.record([_entry(by, "log-out", at)])


def enter_demo(username: str, at: datetime) -> LoggedIn:
    """Return the actor of an invented person, without a password.

    Raises NotFound outside demo mode, as if there were no such door.
    """
    account = None
    if settings.DEMO:
        account = Account.objects.filter(username=username, is_demo=True, is_active=True).first()
    if account is None:
        raise NotFound(what=Text("这个演示账户", "This demonstration account"))
    with transaction.atomic():
        return _welcome(account, "enter-demo", at)


def _authenticate(name: str, password: str) -> Account | None:
    """Return the account if the password fits; hashes once in every case, so that time tells nothing."""
    account = Account.objects.filter(username=name).first()
    if account is None or len(password) > passwords.LONGEST:
        make_password(password[: passwords.LONGEST])
        return None
    fits = check_password(password, account.password)
    is_open = account.is_active and (settings.DEMO or not account.is_demo)
    return account if fits and is_open else None


def _welcome(account: Account, action: str, at: datetime) -> LoggedIn:
    account.last_login = at
    account.save(update_fields=["last_login"])
    actor = actor_of(account, at=at)
    audit.record([_entry(actor, action, at)])
    return LoggedIn(account.pk, actor, account.get_session_auth_hash())


def _entry(actor: Actor, action: str, at: datetime) -> Entry:
    assert actor.account_id is not None
    return audit.entry("account", actor.account_id, action, actor, at)
