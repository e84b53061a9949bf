"""Choose how to be told."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import transaction

from yijianshi.exchange.notices.models import Preference
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Forbidden, Invalid
from yijianshi.kernel.text import LANGUAGES, Text

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}", re.ASCII)
_HOUR = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(:[0-9]{2})?", re.ASCII)
_WHO = Text("消息设置属于个人账号", "message settings belong to a person's account")


class NotAnAddress(Invalid):
    """这个邮箱地址看不懂，发不到。请写成 name@example.cn 这样的地址，或者不勾选电子邮件。

    This e-mail address cannot be read, so nothing would arrive. Write one such as name@example.cn, or leave e-mail unticked.
    """


class NotAnHour(Invalid):
    """免打扰的时间看不懂。请写成 21:00 这样的时刻；两个时刻一样，就是不设免打扰。

    The quiet hours cannot be read. Write times such as 21:00; the same time twice means no quiet hours.
    """


class NotALanguage(Invalid):
    """消息的文字只能选中文或英文。

    Messages can be in Chinese or in English.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody chose, as it was typed."""

    sms: bool
    email: bool
    email_address: str = field(default="", repr=False)
    quiet_from: str = "21:00"
    quiet_to: str = "08:00"
    is_daily: bool = False
    language: str = "zh"


@transaction.atomic
def prefer(wishes: Wishes, *, by: Actor, at: datetime) -> None:
    """Keep one's own settings; messages not sent yet follow them. Raises NotAnAddress, NotAnHour, NotALanguage, Forbidden."""
    if by.person_id is None:
        raise Forbidden(why=_WHO)
    address = wishes.email_address.strip()
    if (wishes.email or address) and (len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address)):
        raise NotAnAddress(field="email_address")
    if wishes.language not in LANGUAGES:
        raise NotALanguage(field="language")
    chosen = {
        "sms": wishes.sms,
        "email": wishes.email,
        "email_address": address,
        "quiet_from": _hour(wishes.quiet_from, "quiet_from"),
        "quiet_to": _hour(wishes.quiet_to, "quiet_to"),
        "is_daily": wishes.is_daily,
        "language": wishes.language,
        "changed_at": at,
    }
    Preference.objects.update_or_create(person_id=by.person_id, defaults=chosen)


def _hour(written: str, name: str) -> time:
    found = _HOUR.fullmatch(written.strip())
    if found is None:
        raise NotAnHour(field=name)
    return time(int(found[1]), int(found[2]))
