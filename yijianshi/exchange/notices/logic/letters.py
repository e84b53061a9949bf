"""From notices to what is sent: one text message, or one e-mail, for one notice or for a day's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from yijianshi.kernel.text import Text, long_date

_SMS_LIMIT = {"zh": 70, "en": 160}
_SOME = Text(
    "您有 {count} 条新消息：{titles}。请登录查看。{site}", "You have {count:new message|new messages}: {titles}. Log in. {site}"
)
_BY = Text("需要您办，{day}前", "Please act by {day}")
_ACT = Text("需要您办", "Please act")
_NOTHING = Text("不用您做什么", "Nothing for you to do")
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
    expected: Text | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A subject and a text, ready to be sent."""

    subject: str = field(repr=False)
    text: str = field(repr=False)


def expectation(*, needs_action: bool, act_by: date | None) -> Text:
    """Return whether something is expected of the reader, and until when."""
    if not needs_action:
        return _NOTHING
    return _BY.format(day=long_date(act_by)) if act_by else _ACT


def as_sms(contents: Sequence[Content], language: str, site: str) -> Words:
    """Return one text message: a single notice in its own words, several in at most 70 characters (English: 160)."""
    limit = _SMS_LIMIT[language]
    if len(contents) == 1 and contents[0].sms is not None:
        return Words("", contents[0].sms.get(language))  # the check has seen to its length
    titles = ("；" if language == "zh" else "; ").join(one.title.get(language) for one in contents)
    empty = _SOME.format(count=len(contents), titles="", site=site).get(language)
    room = max(limit - len(empty), 1)
    shown = titles if len(titles) <= room else titles[: room - 1] + "…"
    return Words("", _SOME.format(count=len(contents), titles=shown, site=site).get(language)[:limit])


def as_email(contents: Sequence[Content], language: str, site: str) -> Words:
    """Return one e-mail; its subject names nobody, and a line break cannot get into it."""
    foot = _FOOT.format(site=site).get(language)
    said = [(one.title, one.body, *filter(None, [one.expected])) for one in contents]
    parts = ["\n".join(text.get(language) for text in texts) for texts in said]
    subject = contents[0].title if len(contents) == 1 else _SUBJECT.format(count=len(contents))
    return Words(" ".join(subject.get(language).split()), "\n\n".join([*parts, foot]) + "\n")
