"""Is this a PDF that ends, needs no password and runs nothing (ISO 32000-1, 7.5 and 12.6; PDF/A forbids the same)."""

import re
import zlib

from yijianshi.kernel.archive import flaws
from yijianshi.kernel.archive.problems import Limits

_WANTED = "PDF"
_TAIL = 2_048
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_ESCAPED_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|EmbeddedFiles|XFA)(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")


def check(file: str, content: bytes, limits: Limits) -> None:
    """Raise ContentUnlikeName, FileDamaged, FileHidesAnother, FileLocked, FileIsActive or FileUnfolds; else return."""
    if not content.startswith(b"%PDF-"):
        raise flaws.ContentUnlikeName(file=file, wanted=_WANTED)
    tail = content[-_TAIL:]
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content[max(0, end - _TAIL) : end]:
        raise flaws.FileDamaged(file=file, wanted=_WANTED)
    if content[end + 5 :].strip(b"\r\n\t \x00") or b"PK\x05\x06" in tail:
        raise flaws.FileHidesAnother(file=file)
    for part in (_plain(content), *_object_streams(file, content, limits)):
        words = _ESCAPED_LETTER.sub(lambda found: bytes([int(found.group(1), 16)]), part)
        if _LOCKED.search(words):
            raise flaws.FileLocked(file=file)
        found = _ACTIVE.search(words)
        if found:
            raise flaws.FileIsActive(file=file, what=found.group().decode())


def _plain(content: bytes) -> bytes:
    """Return everything outside the streams, whose bytes may look like any word by chance."""
    return _STREAM.sub(b"stream endstream", content)


def _object_streams(file: str, content: bytes, limits: Limits) -> list[bytes]:
    """Return the unfolded object streams, in which newer PDFs keep their dictionaries (ISO 32000-1, 7.5.7)."""
    unfolded, total = [], 0
    for found in _STREAM.finditer(content):
        head = content[max(0, found.start() - 512) : found.start()]
        dictionary = head[head.rfind(b" obj") + 1 :]
        if b"/ObjStm" not in dictionary:
            continue
        part = found.group(1)
        if b"/FlateDecode" in dictionary or b"/Fl " in dictionary:
            part = _inflated(file, part, limits)
        total += len(part)
        if total > limits.most_file_bytes:
            raise flaws.FileUnfolds(file=file)
        unfolded.append(part)
    return unfolded


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
