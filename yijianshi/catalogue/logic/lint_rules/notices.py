"""C87x: every notice belongs to something that happens, names only what is known then, and fits into a text message."""

import re
from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.occasions import OCCASIONS, UNTOLD, Occasion
from yijianshi.catalogue.logic.plain_errors import did_you_mean
from yijianshi.catalogue.logic.schema.notice import Notice
from yijianshi.catalogue.logic.telling import SMS_LIMITS, placeholders_of, reckoned_length
from yijianshi.kernel.text import Text

_LINK = re.compile(r"https?:|www\.|[\w-]+\.(?:cn|com|net|org|gov)\b", re.I)

_UNKNOWN = Text(
    "没有叫“{event}”的事件。{hint}可以写的事件见 docs/how-to/write-a-notice.md。",
    "There is no event '{event}'. {hint} The events are listed in docs/how-to/write-a-notice.md.",
)
_UNTOLD = Text(
    "“{event}”发生时没有人接收通知，写了也不会发出。请换一个事件，或删掉这个文件。",
    "Nobody is told when '{event}' happens, so this would never be sent. Choose another event, or remove the file.",
)
_PLACEHOLDER = Text(
    "{part} 里的 {{{name}}} 在这时还不知道。{hint}这里可以用：{known}。",
    "{{{name}}} in {part} is not known at this moment. {hint} Here you can use: {known}.",
)
_TOO_LONG = Text(
    "短信连同填入的内容最长会到 {length} 个字，一条只能放 {limit} 个（{language}）。请写短一些。",
    "With what is filled in, the text message can reach {length} characters; one holds {limit} ({language}). Make it shorter.",
)
_SMS_WITHOUT_TEXT = Text(
    "channels 里有 sms，却没有短信的文字。请补上 sms，或从 channels 去掉它。",
    "channels has sms, but there is no text for it. Add sms, or take it out of channels.",
)
_TEXT_WITHOUT_SMS = Text(
    "写了短信的文字，channels 里却没有 sms，不会发出。请在 channels 加上 sms，或删掉这段文字。",
    "There is a text message, but channels has no sms, so it is never sent. Add sms to channels, or remove the text.",
)
_LINKS = Text(
    "短信里不能写网址或域名（“{link}”），收到的人分不清真假。要写网站地址，请用 {{site}}。",
    "A text message must hold no address ('{link}'): nobody can tell true ones from false ones. Write {{site}} for this site.",
)
_TWICE = Text(
    "{where} 已经告知同一件事（{event}，{audience}），人会收到两遍。请合并成一个，或删掉一个。",
    "{where} already tells {audience} of the same thing ({event}); people would hear it twice. Merge the two, or remove one.",
)
_AUDIENCE = Text(
    "“{event}”发生时没有“{audience}”可以告知。可以写：{known}。",
    "When '{event}' happens there is no '{audience}' to tell. You can write: {known}.",
)
_OUTCOME = Text(
    "“{event}”的 outcome 写的是 {outcome}。{known}。",
    "The outcome of '{event}' is {outcome}. {known}.",
)
_ONE_OF = Text("要写其中一个：{known}", "Write one of: {known}")
_NO_OUTCOME = Text("这个事件没有不同的结果，请去掉 outcome", "This event has no outcomes; remove the line")


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about the notices."""
    told: dict[tuple[str, str | None, str], Document[Notice]] = {}
    for document in library.notices.values():
        occasion = OCCASIONS.get(document.model.event)
        if occasion is None:
            yield _no_occasion(document)
            continue
        yield from _fits(document, occasion)
        yield from _sms(document)
        yield from _twice(document, told)


def _no_occasion(document: Document[Notice]) -> Finding:
    event = document.model.event
    if event in UNTOLD:
        return Finding("C872", document.where("event"), _UNTOLD.format(event=event))
    return Finding("C871", document.where("event"), _UNKNOWN.format(event=event, hint=did_you_mean(event, sorted(OCCASIONS))))


def _fits(document: Document[Notice], occasion: Occasion) -> Iterator[Finding]:
    notice = document.model
    for position, audience in enumerate(notice.audience):
        if audience not in occasion.audience:
            text = _AUDIENCE.format(event=notice.event, audience=audience, known=", ".join(sorted(occasion.audience)))
            yield Finding("C877", document.where("audience", position), text)
    if notice.outcome not in (occasion.outcomes or (None,)):
        known = _ONE_OF.format(known=", ".join(occasion.outcomes)) if occasion.outcomes else _NO_OUTCOME
        text = _OUTCOME.format(event=notice.event, outcome=notice.outcome or "—", known=known)
        yield Finding("C878", document.where("outcome"), text)
    for part, words in (("title", notice.title), ("body", notice.body), ("sms", notice.sms)):
        for name in dict.fromkeys(placeholders_of(words)) if words is not None else ():
            if name not in occasion.placeholders:
                known_names = sorted(occasion.placeholders)
                hint, listed = did_you_mean(name, known_names), ", ".join(known_names)
                text = _PLACEHOLDER.format(part=part, name=name, hint=hint, known=listed)
                yield Finding("C873", document.where(part), text)


def _sms(document: Document[Notice]) -> Iterator[Finding]:
    notice = document.model
    if ("sms" in notice.channels) != (notice.sms is not None):
        yield Finding("C875", document.where("channels"), _SMS_WITHOUT_TEXT if notice.sms is None else _TEXT_WITHOUT_SMS)
    if notice.sms is None:
        return
    for language, limit in SMS_LIMITS.items():
        length = reckoned_length(notice.sms, language)
        if length > limit:
            text = _TOO_LONG.format(length=length, limit=limit, language=language)
            yield Finding("C874", document.where("sms", language), text)
        link = _LINK.search(notice.sms.get(language))
        if link is not None:
            yield Finding("C879", document.where("sms", language), _LINKS.format(link=link[0]))


def _twice(document: Document[Notice], told: dict[tuple[str, str | None, str], Document[Notice]]) -> Iterator[Finding]:
    notice = document.model
    for audience in notice.audience:
        first = told.setdefault((notice.event, notice.outcome, audience), document)
        if first is not document:
            text = _TWICE.format(where=str(first.where("event")), event=notice.event, audience=audience)
            yield Finding("C876", document.where("event"), text)
