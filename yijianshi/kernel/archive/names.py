"""Which names are safe on every system a package may ever be unpacked on."""

import re
import unicodedata

_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))})
_REFUSED_MARKS = frozenset('<>:"|?*')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # control, direction, surrogate, private, unassigned, breaks
MOST_NAME_BYTES = 150  # of one part; Linux takes 255, deep Windows folders less


def escapes(path: str) -> bool:
    """Return whether *path* may be written outside the folder it is unpacked into (CWE-22), on Windows or elsewhere."""
    parts = re.split(r"[/\\]", path)
    return path.startswith(("/", "\\", "~")) or "\\" in path or ":" in path or ".." in parts or "." in parts


def is_unsafe(path: str) -> bool:
    """Return whether a part of *path* is empty, unseen, reserved, or refused by a common system; one ``/`` may end it."""
    return not path or any(is_unsafe_part(part) for part in path.removesuffix("/").split("/"))


def is_unsafe_part(part: str) -> bool:
    """Return whether one file or folder name is unsafe."""
    return (
        not part
        or part != part.strip()
        or part.endswith(".")
        or part.split(".")[0].casefold() in _RESERVED
        or any(letter in _REFUSED_MARKS or unicodedata.category(letter) in _UNSEEN for letter in part)
    )


def key(path: str) -> str:
    """Return what two paths share that one disk cannot hold side by side: case and Unicode form are ignored."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path.removesuffix("/")).casefold())


def visible(path: str) -> str:
    """Return *path* with unseen letters written out, so that a message cannot be bent by the name it tells of."""
    return "".join(f"\\u{ord(one):04x}" if unicodedata.category(one) in _UNSEEN else one for one in path)[:200]


def suffix(path: str) -> str:
    """Return the ending in small letters without its dot, "" where there is none."""
    head, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if dot and head else ""
