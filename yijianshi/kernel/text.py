"""Bilingual text: what a citizen reads exists in Chinese and in English, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; neither may be empty."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a text needs both languages: zh={self.zh!r} en={self.en!r}")

    def get(self, language: str) -> str:
        """Return the sentence in *language*; anything but ``"en"`` means Chinese."""
        return self.en if language == "en" else self.zh

    def format(self, **values: object) -> "Text":
        """Return a text with ``{placeholders}`` filled in both languages; a value may itself be a Text.

        A count takes its noun along, since English has a singular: ``{n:working day|working days}`` is "1 working day".
        """
        return Text(*(getattr(self, lang).format(**_in_language(values, lang)) for lang in LANGUAGES))

    def to_json(self) -> dict[str, str]:
        """Return ``{"zh": ..., "en": ...}``."""
        return {"zh": self.zh, "en": self.en}


def text_from_json(value: Mapping[str, str]) -> Text:
    """Return the Text stored as ``{"zh": ..., "en": ...}``; raises KeyError if a language is missing."""
    return Text(value["zh"], value["en"])


def long_date(day: date) -> Text:
    """Return the date as people say it, with its weekday: 2026年12月3日（周四）, Thu 3 Dec 2026."""
    return Text(f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）", f"{day:%a} {day.day} {day:%b %Y}")


class _Count(int):
    """A whole number that knows which of two words goes with it."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return f"{int(self)} {one if self == 1 else many}" if bar else format(int(self), spec)


def _in_language(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {name: _shown(value, language) for name, value in values.items()}


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.get(language)
    return _Count(value) if isinstance(value, int) and not isinstance(value, bool) else value
