"""From notices to what is sent: one text message, or one e-mail, for one notice or for a day's."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from yijianshi.kernel.text import Text

_SMS_LIMIT = {"zh": 70, "en": 160}
_SOME = Text(
    "您有 {count} 条新消息：{titles}。请登录查看。{site}", "You have {count:new message|new messages}: {titles}. Log in. {site}"
)
_SUBJECT = Text("您有 {count} 条新消息", "You have {count:new message|new messages}")
_FOOT = Text(
    "查看：{site}/notices/\n不想再收到邮件，请在“消息设置”里关掉。工作人员不会向您要密码或验证码。",
    "See {site}/notices/\nTo stop these e-mails, switch them off under “Message settings”. Our staff never ask for passwords.",
)


@dataclass(frozen=True, slots=True)
class Content:
    """What one notice says."""

    title: Text
    body: Text = field(repr=False)
    sms: Text | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A subject and a text, ready to be sent."""

    subject: str = field(repr=False)
    text: str = field(repr=False)


def as_sms(contents: Sequence[Content], language: str, site: str) -> Words:
    """Return one text message of at most 70 characters (English: 160)."""
    limit = _SMS_LIMIT[language]
    if len(contents) == 1 and contents[0].sms is not None:
        return Words("", contents[0].sms.get(language)[:limit])
    titles = ("；" if language == "zh" else "; ").join(one.title.get(language) for one in contents)
    empty = _SOME.format(count=len(contents), titles="", site=site).get(language)
    room = max(limit - len(empty), 1)
    shown = titles if len(titles) <= room else titles[: room - 1] + "…"
    return Words("", _SOME.format(count=len(contents), titles=shown, site=site).get(language)[:limit])


def as_email(contents: Sequence[Content], language: str, site: str) -> Words:
    """Return one e-mail; its subject names nobody, and a line break cannot get into it."""
    foot = _FOOT.format(site=site).get(language)
    parts = [f"{one.title.get(language)}\n{one.body.get(language)}" for one in contents]
    subject = contents[0].title if len(contents) == 1 else _SUBJECT.format(count=len(contents))
    return Words(" ".join(subject.get(language).split()), "\n\n".join([*parts, foot]) + "\n")
