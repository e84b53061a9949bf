"""Names of administrative divisions (GB/T 2260), from content/regions/divisions.csv."""

import csv
from functools import cache

from django.conf import settings


@cache
def divisions() -> dict[str, tuple[str, str]]:
    """Return code → (name, parent code), read once a process."""
    path = settings.CONTENT_DIR / "regions" / "divisions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name"], row["parent"]) for row in csv.DictReader(file)}


@cache
def full_name(code: str) -> str:
    """Return the name with its parents, 河南省郑州市金水区; empty for an unknown code."""
    name, parent = divisions().get(code, ("", ""))
    return f"{full_name(parent)}{name}" if parent and parent != code else name


def children(code: str) -> list[tuple[str, str]]:
    """Return (code, name) of the divisions directly below *code*, in code order; of the provinces for an empty code."""
    return sorted((child, name) for child, (name, parent) in divisions().items() if parent == code)
