"""Read settings from the environment, each declared once with its meaning, so that the reference page can list them."""

import os
from dataclasses import dataclass

from yijianshi.kernel.text import Text

_YES = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, its default as written, and what it does."""

    name: str
    default: str
    meaning: Text


declared: dict[str, Setting] = {}


class BadSetting(Exception):
    """A setting has a value the house cannot start with; the message says which and what is allowed."""


def text(name: str, default: str, zh: str, en: str) -> str:
    """Return the setting *name*, or *default* when it is unset or empty."""
    declared[name] = Setting(name, default, Text(zh, en))
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int, zh: str, en: str) -> int:
    """Return the setting *name* as a whole number; raises BadSetting for anything else."""
    raw = text(name, str(default), zh, en)
    try:
        return int(raw)
    except ValueError as error:
        raise BadSetting(f"{name} 应为整数，现在是 {raw!r}。 {name} should be a whole number, not {raw!r}.") from error


def flag(name: str, default: bool, zh: str, en: str) -> bool:
    """Return the setting *name* as yes or no (1, true, yes, on mean yes)."""
    return text(name, "1" if default else "0", zh, en).lower() in _YES


def words(name: str, default: str, zh: str, en: str) -> list[str]:
    """Return the setting *name* split at commas, without blanks."""
    return [word.strip() for word in text(name, default, zh, en).split(",") if word.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...], zh: str, en: str) -> str:
    """Return the setting *name*, one of *allowed*; raises BadSetting for anything else."""
    value = text(name, default, zh, en)
    if value not in allowed:
        options = ", ".join(allowed)
        raise BadSetting(f"{name} 只能是：{options}。现在是 {value!r}。 {name} must be one of {options}, not {value!r}.")
    return value
