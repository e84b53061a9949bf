"""Bilingual text: what a citizen reads exists in Chinese and in English, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


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
        """Return a text with ``{placeholders}`` filled in both languages; a value may itself be a Text."""
        return Text(*(getattr(self, lang).format(**_in_language(values, lang)) for lang in LANGUAGES))

    def to_json(self) -> dict[str, str]:
        """Return ``{"zh": ..., "en": ...}``."""
        return {"zh": self.zh, "en": self.en}


def text_from_json(value: Mapping[str, str]) -> Text:
    """Return the Text stored as ``{"zh": ..., "en": ...}``; raises KeyError if a language is missing."""
    return Text(value["zh"], value["en"])


def _in_language(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {name: value.get(language) if isinstance(value, Text) else value for name, value in values.items()}
