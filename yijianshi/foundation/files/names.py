"""File names as people see them: no folders, no invisible characters, not too long."""

import re
import unicodedata

LONGEST = 120
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # Cf holds the marks that turn the direction of writing: "gpj.exe" shown as "exe.jpg"
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f]')


def clean(name: str, ending: str) -> str:
    """Return *name* without folders and invisible characters, at most 120 characters long, ending in ``.ending``."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(character for character in last if unicodedata.category(character) not in _INVISIBLE)
    stem = _UNSAFE.sub("", visible).strip(". ")
    if ending_of(stem):
        stem = stem.rpartition(".")[0]
    stem = stem.strip(". ") or "file"
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


def ending_of(name: str) -> str:
    """Return the ending of *name* in lower case, empty when it has none (``photo``, ``.hidden``)."""
    stem, dot, ending = name.strip().rpartition(".")
    plausible = dot and stem and len(ending) <= 8 and ending.isascii() and ending.isalnum()
    return ending.lower() if plausible else ""
