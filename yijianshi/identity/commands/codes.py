"""One-time codes: made for one act of one person, good for five minutes and five tries, and spent at first use."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.foundation import sealing
from yijianshi.identity.commands.throttle import key_of, knock, shut_until
from yijianshi.identity.logic import throttle
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import OneTimeCode
from yijianshi.kernel.errors import Forbidden, Invalid

DIGITS = 6
TERM = timedelta(minutes=5)
MOST_TRIES = 5
_CONTEXT = "identity.one-time-code"


class CodeWrong(Invalid):
    """验证码不对。请看最近一条短信里的 {digits} 位数字，再输一次。

    The code does not fit. Please enter the {digits} digits of the latest text message again.
    """


class CodeOver(Invalid):
    """验证码已经失效：超过五分钟、用过了，或者输错次数太多。请重新获取。

    The code no longer holds: it is older than five minutes, was used, or was mistyped too often. Please have a new one sent.
    """


class NoPerson(Forbidden):
    """这一步只能由本人办理。

    Only a person can do this, for themselves.
    """


def make_code(subject: str, *, by: Actor, at: datetime) -> str:
    """Return a fresh code of six digits that releases *subject* (a digest) for *by*; one made before ends.

    Raises TryAgainLater for whoever asks for too many.
    """
    person_id = _person(by)
    until = knock({key_of("code", str(person_id)): throttle.CODES}, at)
    if until is not None:
        raise shut_until(until, at)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    OneTimeCode.objects.update_or_create(
        person_id=person_id,
        subject=subject,
        defaults={
            "code_index": _index(code, subject),
            "sent_at": at,
            "expires_at": at + TERM,
            "tries": 0,
            "spent_at": None,
        },
    )
    return code


def spend_code(code: str, subject: str, *, by: Actor, at: datetime) -> None:
    """Use up the code for *subject*; wrong tries are counted whatever becomes of the act. Raises CodeWrong, CodeOver."""
    with transaction.atomic():
        row = _lock_code(by, subject)
        holds = row is not None and row.spent_at is None and at < row.expires_at and row.tries < MOST_TRIES
        fits = holds and row is not None and secrets.compare_digest(bytes(row.code_index), _index(code.strip(), subject))
        if row is not None and holds:
            row.tries, row.spent_at = row.tries + 1, at if fits else None
            row.save(update_fields=["tries", "spent_at"])
    if not holds:
        raise CodeOver(field="code")
    if not fits:
        raise CodeWrong(field="code", digits=DIGITS)


def forget_codes(*, at: datetime) -> int:
    """Delete the codes that ended more than a day ago and return how many."""
    return OneTimeCode.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()[0]


def _lock_code(by: Actor, subject: str) -> OneTimeCode | None:
    return OneTimeCode.objects.select_for_update().filter(person_id=_person(by), subject=subject).first()


def _person(by: Actor) -> UUID:
    if by.person_id is None or not by.is_person:
        raise NoPerson
    return by.person_id


def _index(code: str, subject: str) -> bytes:
    return sealing.blind_index(f"{subject}:{code}", _CONTEXT)
