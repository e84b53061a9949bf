"""Look inside a file: is it whole, does it hide another one, does it run anything."""

import io
import re
import struct
import zipfile
import zlib

from yijianshi.foundation.files import kinds, pdf_check, refusals
from yijianshi.foundation.files.kinds import Kind

_MOST_PIXELS = 100_000_000
_MOST_UNFOLDED = 100 * 1_048_576
_MOST_ENTRIES = 2_000
_MOST_RATIO = 200
_MARKUP = re.compile(rb"<\?php|<script|<html|<!doctype|<svg", re.I)
_HEAD = 1_024
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check(kind: Kind, content: bytes) -> None:
    """Raise a refusal when *content* is damaged, dangerous, or more than the one file it claims to be."""
    _refuse_second_nature(kind, content)
    try:
        _CHECKS[kind](content)
    except (struct.error, IndexError, ValueError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise refusals.FileDamaged(found=kind.words) from error


def _refuse_second_nature(kind: Kind, content: bytes) -> None:
    head = content[:_HEAD]
    if _MARKUP.search(head) or (kind is not kinds.PDF and b"%PDF-" in head):
        raise refusals.FileHidesAnother
    if kind is not kinds.OFD and _ends_as_zip(content):
        raise refusals.FileHidesAnother


def _ends_as_zip(content: bytes) -> bool:
    tail = content[-66_000:]
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        record = tail[at : at + 22]
        if len(record) == 22 and struct.unpack("<H", record[20:])[0] <= len(tail) - at - 22:
            entries, size, offset = struct.unpack("<HII", record[10:20])
            if entries and size and offset + size <= len(content):
                return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def _check_jpeg(content: bytes) -> None:
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker where one should be")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            _check_pixels(width, height)
            break
        at += 2 + length
    if b"\xff\xd9" not in content[at:]:
        raise ValueError("the picture never ends")


def _check_png(content: bytes) -> None:
    at, first = 8, True
    while True:
        length, name = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", content[at + 8 + length : at + 12 + length])
        if zlib.crc32(name + body) != checksum or first != (name == b"IHDR"):
            raise ValueError("a damaged part")
        if first:
            _check_pixels(*struct.unpack(">II", body[:8]))
        at, first = at + 12 + length, False
        if name == b"IEND":
            break
    if content[at:].strip(b"\x00\r\n "):
        raise refusals.FileHidesAnother


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise ValueError("a picture without size")
    if width * height > _MOST_PIXELS:
        raise refusals.FileUnfolds


def _check_ofd(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        unfolded = sum(entry.file_size for entry in entries)
        if len(entries) > _MOST_ENTRIES or unfolded > min(_MOST_UNFOLDED, _MOST_RATIO * len(content)):
            raise refusals.FileUnfolds
        if any(_is_escape(entry.filename) or entry.flag_bits & 0x1 for entry in entries):
            raise refusals.FileHidesAnother
        if "OFD.xml" not in archive.namelist():
            raise refusals.FileKindRefused(found=kinds.describe(content), wanted=kinds.OFD.words)
        for entry in entries:
            _check_entry(archive, entry)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        head = part.read(4_096)
        if entry.filename == "OFD.xml" and (b"<!DOCTYPE" in head or b"OFD" not in head):
            raise refusals.FileIsActive
        if head.startswith((b"MZ", b"\x7fELF", b"#!", b"PK\x03\x04")):
            raise refusals.FileHidesAnother
        while part.read(1_048_576):  # reads no more than the declared size and checks the sum at the end
            pass


def _is_escape(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


_CHECKS = {kinds.PDF: pdf_check.check, kinds.JPEG: _check_jpeg, kinds.PNG: _check_png, kinds.OFD: _check_ofd}
