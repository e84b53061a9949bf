"""The content in use: the texts on the shelf, and the library that is read from them."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.models import ContentFile
from yijianshi.foundation import calendars

_LIBRARIES_IN_MEMORY = 6
_kept: dict[str, tuple[str, str]] = {}  # path → (sha, text) as last read: only what changed is read again


def sha_of(text: str) -> str:
    """Return the SHA-256 (hex) of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def shelf_texts() -> dict[str, str]:
    """Return path → text of all content in use."""
    shas = dict(ContentFile.objects.filter(text__isnull=False).order_by("path").values_list("path", "sha"))
    known = {path: _kept.get(path) for path in shas}
    stale = [path for path, sha in shas.items() if (kept := known[path]) is None or kept[0] != sha]
    if stale:
        rows = ContentFile.objects.filter(path__in=stale).values_list("path", "sha", "text")
        fresh = {path: (sha, text) for path, sha, text in rows if text is not None}
        known |= fresh
        _kept.update(fresh)
    return {path: kept[1] for path, kept in known.items() if kept is not None}


def read_texts(texts: Mapping[str, str]) -> tuple[Library, Findings]:
    """Return the library of these texts and everything wrong with it, worked examples included; remembered by content."""
    return _read(tuple(sorted(texts.items())))


@lru_cache(maxsize=_LIBRARIES_IN_MEMORY)
def _read(texts: tuple[tuple[str, str], ...]) -> tuple[Library, Findings]:
    return check_files(dict(texts), calendars.national())
