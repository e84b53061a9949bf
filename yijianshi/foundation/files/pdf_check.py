"""Look inside a PDF: whole, without a password, without parts that run or carry other files."""

import io
import logging
import re
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from yijianshi.foundation.files import kinds, refusals

# PDF 32000-1: 12.6.4.16 JavaScript, 12.6.4.5 Launch, 7.11.4 EmbeddedFile, 13.6 RichMedia, 12.7.8 XFA
_ACTIVE = frozenset({"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"})
_RAW = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_OBJECTS = 50_000
logging.getLogger("pypdf").setLevel(logging.ERROR)


def check(content: bytes) -> None:
    """Raise a refusal for a damaged, locked or active PDF."""
    if b"%%EOF" not in content[-2_048:]:
        raise refusals.FileDamaged(found=kinds.PDF.words)
    if _RAW.search(_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise refusals.FileIsActive
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise refusals.FileLocked
        if not len(reader.pages):
            raise refusals.FileDamaged(found=kinds.PDF.words)
        _walk(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError) as error:
        raise refusals.FileDamaged(found=kinds.PDF.words) from error


def _walk(reader: PdfReader) -> None:
    """Visit everything reachable from the root: names inside compressed object streams are invisible to a search of the bytes."""
    waiting: list[Any] = [reader.trailer.get("/Root")]
    seen: set[tuple[int, int]] = set()
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        waiting.extend(_parts(waiting.pop(), seen))
    raise refusals.FileUnfolds


def _parts(value: Any, seen: set[tuple[int, int]]) -> list[Any]:
    if isinstance(value, IndirectObject):
        where = (value.idnum, value.generation)
        if where in seen:
            return []
        seen.add(where)
        value = value.get_object()
    if isinstance(value, DictionaryObject):
        if _ACTIVE & set(value.keys()) or str(value.get("/S")) in _ACTIVE:
            raise refusals.FileIsActive
        return [value.raw_get(key) for key in value]
    return list(value) if isinstance(value, ArrayObject) else []
