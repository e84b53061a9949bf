"""Is this a PDF that ends, needs no password and runs nothing (ISO 32000-1, 7.5 and 12.6; PDF/A forbids the same)."""

import re
import zlib
from collections.abc import Iterator

from yijianshi.kernel.archive import flaws
from yijianshi.kernel.archive.problems import Limits

_WANTED = "PDF"
_TAIL = 2_048
_HEAD = 512  # a stream's dictionary stands right before it
_MOST_BEHIND = 1_024  # readers look for the end this far from the last byte
_STREAM, _STREAM_END = b"stream", b"endstream"
_FOREIGN = re.compile(rb"PK\x03\x04|PK\x05\x06|<script|<\?php|\x7fELF", re.I)
_ESCAPED_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|XFA)(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")


def check(file: str, content: bytes, limits: Limits) -> None:
    """Raise ContentUnlikeName, FileDamaged, FileHidesAnother, FileLocked, FileIsActive or FileUnfolds; else return."""
    if not content.startswith(b"%PDF-"):
        raise flaws.ContentUnlikeName(file=file, wanted=_WANTED)
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content[max(0, end - _TAIL) : end]:
        raise flaws.FileDamaged(file=file, wanted=_WANTED)
    if len(content) - end > _MOST_BEHIND or _FOREIGN.search(content[end:]):
        raise flaws.FileHidesAnother(file=file)
    for part in (_plain(content), *_object_streams(file, content, limits)):
        words = _ESCAPED_LETTER.sub(lambda found: bytes([int(found.group(1), 16)]), part)
        if _LOCKED.search(words):
            raise flaws.FileLocked(file=file)
        found = _ACTIVE.search(words)
        if found:
            raise flaws.FileIsActive(file=file, what=found.group().decode())


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield (begin, end) of the body of each stream; one pass, however many streams never end."""
    at = content.find(_STREAM)
    while at >= 0:
        begin = at + len(_STREAM)
        if content[begin : begin + 1] not in (b"\r", b"\n"):
            at = content.find(_STREAM, begin)
            continue
        begin += 2 if content[begin : begin + 2] == b"\r\n" else 1
        end = content.find(_STREAM_END, begin)
        if end < 0:
            return
        yield begin, end
        at = content.find(_STREAM, end + len(_STREAM_END))


def _plain(content: bytes) -> bytes:
    """Return everything outside the streams, whose bytes may look like any word by chance."""
    parts, at = [], 0
    for begin, end in _streams(content):
        parts.append(content[at:begin])
        at = end
    return b"".join([*parts, content[at:]])


def _object_streams(file: str, content: bytes, limits: Limits) -> Iterator[bytes]:
    """Yield the unfolded object streams, in which newer PDFs keep their dictionaries (ISO 32000-1, 7.5.7)."""
    total = 0
    for begin, end in _streams(content):
        head = content[max(0, begin - _HEAD) : begin]
        dictionary = head[head.rfind(b" obj") + 1 :]
        if b"/ObjStm" not in dictionary:
            continue
        part = content[begin:end]
        if b"/FlateDecode" in dictionary or b"/Fl " in dictionary:
            part = _inflated(file, part, limits)
        total += len(part)
        if total > limits.most_file_bytes:
            raise flaws.FileUnfolds(file=file)
        yield part


def _inflated(file: str, part: bytes, limits: Limits) -> bytes:
    most = max(65_536, limits.most_ratio * len(part))
    reader = zlib.decompressobj()
    try:
        whole = reader.decompress(part, most)
    except zlib.error as error:
        raise flaws.FileDamaged(file=file, wanted=_WANTED) from error
    if reader.unconsumed_tail:
        raise flaws.FileUnfolds(file=file)
    return whole
