"""From a notice's texts to what one person reads: placeholders filled, the text message kept short."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from yijianshi.catalogue.logic.occasions import PLACEHOLDERS
from yijianshi.catalogue.logic.schema.notice import Notice
from yijianshi.kernel.text import Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
SMS_LIMITS = {"zh": 70, "en": 160}  # characters of one message: UCS-2, and the seven-bit alphabet (GSM 03.38)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as one person reads it."""

    title: Text
    body: Text = field(repr=False)
    sms: Text | None = field(default=None, repr=False)


def tell(notice: Notice, words: Mapping[str, Text]) -> Told:
    """Return the texts of *notice* with *words* filled in; a placeholder without a word (no date yet) shows as a dash."""
    return Told(
        _filled(notice.title, words),
        _filled(notice.body, words),
        None if notice.sms is None else _filled(notice.sms, {name: _short(name, text) for name, text in words.items()}),
    )


def placeholders_of(text: Text) -> Iterator[str]:
    """Yield the placeholders of both languages."""
    for language in SMS_LIMITS:
        yield from PLACEHOLDER.findall(text.get(language))


def reckoned_length(text: Text, language: str) -> int:
    """Return how long the text message can become in *language*: every placeholder at the length it is cut to."""
    column = 0 if language == "zh" else 1

    def reckon(found: re.Match[str]) -> str:
        return "#" * (PLACEHOLDERS[found[1]][1][column] if found[1] in PLACEHOLDERS else 0)

    return len(PLACEHOLDER.sub(reckon, text.get(language)))


def _filled(text: Text, words: Mapping[str, Text]) -> Text:
    def fill(language: str) -> str:
        return PLACEHOLDER.sub(lambda found: words[found[1]].get(language) if found[1] in words else "—", text.get(language))

    return Text(fill("zh"), fill("en"))


def _short(name: str, text: Text) -> Text:
    if name == "site":
        return text  # half an address leads nowhere
    zh, en = PLACEHOLDERS[name][1]
    return Text(_cut(text.zh, zh), _cut(text.en, en))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
