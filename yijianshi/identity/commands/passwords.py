"""Set a password that is good enough."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from yijianshi.identity.commands import audit
from yijianshi.identity.commands.throttle import forgive, key_of, knock, shut_until
from yijianshi.identity.logic import passwords, throttle
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import AccessToken, Account
from yijianshi.kernel.errors import Forbidden, Invalid
from yijianshi.kernel.text import Text

_common = CommonPasswordValidator()


class PasswordTooShort(Invalid):
    """密码至少要 {length} 位，现在太短。几个不相干的词连在一起，好记又安全。

    A password needs at least {length} characters; this one is too short. Several unrelated words in a row are easy to
    remember and hard to guess.
    """


class PasswordTooLong(Invalid):
    """密码最多 {length} 位。请用短一些的密码。

    A password has at most {length} characters. Please choose a shorter one.
    """


class PasswordTooEasy(Invalid):
    """这个密码太容易被猜到：{why}。请换一个。

    This password is too easy to guess: {why}. Please choose another.
    """


class PasswordUnchanged(Invalid):
    """新密码和原来的一样，没有修改。请换一个不同的密码。

    The new password is the present one, so nothing was changed. Please choose a different one.
    """


class NoPassword(Forbidden):
    """这个账户不用密码登录，没有密码可以修改。

    This account does not log in with a password, so there is none to change.
    """


class OldPasswordWrong(Forbidden):
    """原来的密码不对，密码没有修改。请再试一次。

    The present password does not fit, so nothing was changed. Please try again.
    """


class NoPasswordToRepeat(Forbidden):
    """这一步要再输一次登录密码，这个账户不用密码登录，所以不能在这里确认。请改用密码登录的账户，或到政务服务中心办理。

    This step asks for your password once more, and this account has none, so it cannot be done here. Please sign in with an
    account that has a password, or go to a service centre.
    """


class PasswordWrong(Forbidden):
    """密码不对，没有确认。请再试一次。

    The password does not fit, so nothing was confirmed. Please try again.
    """


def check_password_strength(password: str, *, is_staff: bool, own_words: Iterable[str]) -> None:
    """Raise the first reason why *password* is not good enough: too short, too long, plain, personal or widely used."""
    shortest = passwords.shortest(is_staff)
    if len(password) < shortest:
        raise PasswordTooShort(field="password", length=shortest)
    if len(password) > passwords.LONGEST:
        raise PasswordTooLong(field="password", length=passwords.LONGEST)
    if passwords.is_too_plain(password):
        raise PasswordTooEasy(field="password", why=Text("重复的或者连续的字符", "it repeats or counts up"))
    if passwords.contains_personal(password, own_words):
        raise PasswordTooEasy(
            field="password", why=Text("含有用户名、证件号码或电话", "it holds your user name, ID number or phone")
        )
    if is_common(password):
        raise PasswordTooEasy(field="password", why=Text("很多人都在用", "many people use it"))


def is_common(password: str) -> bool:
    """Say whether the password is among the twenty thousand most used ones (Django's list)."""
    try:
        _common.validate(password)
    except ValidationError:
        return True
    return False


def change_password(old: str, new: str, *, by: Actor, at: datetime) -> None:
    """Replace one's own password; ends all other sessions (their stamp no longer fits) and all tokens of the account.

    Wrong present passwords are counted like wrong log-ins, so that a session left open is no place to guess. Raises NoPassword,
    OldPasswordWrong, TryAgainLater, PasswordUnchanged, or why the new one is not good enough.
    """
    door = key_of("password", str(by.account_id))
    until = knock({door: throttle.ACCOUNT}, at)  # its own transaction: the count must survive the refusal below
    if until is not None:
        raise shut_until(until, at)
    try:
        _replace(old, new, by, at)
    except Invalid:  # the present password was right
        forgive({door: throttle.ACCOUNT}, at)
        raise
    forgive({door: throttle.ACCOUNT}, at, entirely=door)


def confirm_password(password: str, *, by: Actor, at: datetime) -> None:
    """Check that whoever sits there is the account's owner, before a weighty act; wrong ones are counted like wrong log-ins.

    Raises NoPasswordToRepeat, PasswordWrong, TryAgainLater.
    """
    door = key_of("password", str(by.account_id))
    until = knock({door: throttle.ACCOUNT}, at)  # its own transaction: the count must survive the refusal below
    if until is not None:
        raise shut_until(until, at)
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    if account is not None and not account.has_usable_password():
        raise NoPasswordToRepeat
    if account is None or len(password) > passwords.LONGEST or not check_password(password, account.password):
        raise PasswordWrong(field="password")
    forgive({door: throttle.ACCOUNT}, at, entirely=door)


@transaction.atomic
def _replace(old: str, new: str, by: Actor, at: datetime) -> None:
    account = _lock_account(by)
    if account is not None and not account.has_usable_password():
        raise NoPassword
    if account is None or len(old) > passwords.LONGEST or not check_password(old, account.password):
        raise OldPasswordWrong(field="old_password")
    check_password_strength(new, is_staff=by.is_staff, own_words=[account.username])
    if new == old:
        raise PasswordUnchanged(field="password")
    account.password = make_password(new)
    account.save(update_fields=["password"])
    AccessToken.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
    audit.record([audit.entry("account", account.pk, "change-password", by, at)])


def _lock_account(by: Actor) -> Account | None:
    if by.account_id is None:
        return None
    return Account.objects.select_for_update(of=("self",)).filter(pk=by.account_id).first()
