"""Opening a ZIP that may mean harm: every byte is accounted for before the first file is unfolded."""

import stat
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from yijianshi.kernel.archive import hostile, names, pack
from yijianshi.kernel.archive.pack import CENTRAL, END, LOCAL, Entry
from yijianshi.kernel.archive.problems import Limits

_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_SIZES_FOLLOW = 0x0008
_HARMLESS_EXTRA = frozenset({0x5455, 0x7875, 0x000A})  # times and owner numbers, as ordinary programs write them
_DESCRIPTOR_SIZES = (12, 16)
_BOMB_FLOOR = 65_536  # below this, no ratio does harm


@dataclass(frozen=True, slots=True)
class _Listed:
    """One line of the central directory."""

    name: str
    raw_name: bytes
    version: int
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    packed: int
    size: int
    attributes: int
    at: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


def unpack(content: bytes, limits: Limits, *, exact: bool = True) -> tuple[Entry, ...]:
    """Return the files of the ZIP *content* in the order of its directory; folders are left out.

    ``exact`` also refuses comments, unknown extra fields and bytes between the files; foreign files such as OFD are read
    without. An entry whose checksum does not fit is returned with ``is_whole`` False. Raises the refusals of ``hostile``.
    """
    listed = _directory(content, limits, exact=exact)
    for one in listed:
        _refuse_nature(one)
    _refuse_names(listed)
    _refuse_size(listed, limits)
    starts = _starts(content, listed, exact=exact)
    return tuple(_entry(content, one, starts[one.at]) for one in listed if not one.is_folder)


def _directory(content: bytes, limits: Limits, *, exact: bool) -> list[_Listed]:
    end = _find_end(content, exact=exact)
    _, disk, first_disk, here, count, size, start, _ = END.unpack_from(content, end)
    if 0xFFFF in (disk, count) or 0xFFFFFFFF in (size, start) or disk or first_disk or here != count:
        raise hostile.ZipTooLarge
    if start + size != end:
        raise hostile.ZipTruncated(at=end) if start + size > end else hostile.HiddenBytes(place=f"{start + size}–{end}")
    if count > limits.most_files:
        raise hostile.TooManyFiles(count=count, most=limits.most_files)
    found, at = [], start
    for number in range(1, count + 1):
        one, at = _line(content, at, end, number, exact=exact)
        found.append(one)
    if at != end:
        raise hostile.HiddenBytes(place=f"{at}–{end}")
    return found


def _find_end(content: bytes, *, exact: bool) -> int:
    at = content.rfind(pack.END_MARK, max(0, len(content) - END.size - 0xFFFF))
    if at < 0 or at + END.size > len(content):
        if pack.LOCAL_MARK not in content[:4]:
            raise hostile.NotAZip
        raise hostile.ZipTruncated(at=len(content))
    *_, size, start, comment = END.unpack_from(content, at)
    stop = at + END.size + comment
    if stop > len(content):
        raise hostile.ZipTruncated(at=len(content))
    if stop < len(content) and start + size != at:  # the end of a ZIP inside this one, whose own end is lost
        raise hostile.ZipTruncated(at=len(content))
    if stop < len(content) or (exact and comment):
        raise hostile.HiddenBytes(place=f"{at + END.size}–{len(content)}")
    return at


def _line(content: bytes, at: int, end: int, number: int, *, exact: bool) -> tuple[_Listed, int]:
    if at + CENTRAL.size > end or content[at : at + 4] != pack.CENTRAL_MARK:
        raise hostile.ZipTruncated(at=at)
    line = CENTRAL.unpack_from(content, at)
    _, _, version, flags, method, time, date, crc, packed, size, length, extra, comment, disk, _, attributes, start = line
    stop = at + CENTRAL.size + length + extra + comment
    if stop > end:
        raise hostile.ZipTruncated(at=end)
    if disk or 0xFFFFFFFF in (packed, size, start):
        raise hostile.ZipTooLarge
    raw = content[at + CENTRAL.size : at + CENTRAL.size + length]
    if exact and (comment or not _is_harmless(content[at + CENTRAL.size + length : stop - comment])):
        raise hostile.HiddenBytes(place=f"{at}–{stop}")
    name = _name(raw, number)
    return _Listed(name, raw, version, flags, method, (time, date), crc, packed, size, attributes, start), stop


def _name(raw: bytes, number: int) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise hostile.EntryNameUnreadable(number=number) from error


def _is_harmless(extra: bytes) -> bool:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind not in _HARMLESS_EXTRA:
            return False
        at += 4 + length
    return at == len(extra)


def _refuse_nature(one: _Listed) -> None:
    if names.escapes(one.name):
        raise hostile.PathEscapes(file=names.visible(one.name))
    if names.is_unsafe(one.name):
        raise hostile.EntryNameUnsafe(file=names.visible(one.name))
    if one.flags & _ENCRYPTED:
        raise hostile.EntryEncrypted(file=one.name)
    kind = stat.S_IFMT(one.attributes >> 16)
    if kind and kind != (stat.S_IFDIR if one.is_folder else stat.S_IFREG):
        raise hostile.SymlinkInside(file=one.name)
    if one.method not in (pack.STORED, pack.DEFLATED):
        raise hostile.MethodUnknown(file=one.name, method=one.method)
    if (one.is_folder and one.size) or (one.method == pack.STORED and one.size != one.packed):
        raise hostile.SizeLies(file=one.name)


def _refuse_names(listed: Sequence[_Listed]) -> None:
    seen: set[str] = set()
    for one in listed:
        key = names.key(one.name)
        if key in seen:
            raise hostile.DuplicateNames(file=one.name)
        seen.add(key)
    files = {names.key(one.name) for one in listed if not one.is_folder}
    for one in listed:  # a path that is a file here and a folder there is unpacked as chance wills
        parts = names.key(one.name).split("/")
        if any("/".join(parts[:depth]) in files for depth in range(1, len(parts))):
            raise hostile.DuplicateNames(file=one.name)


def _refuse_size(listed: Sequence[_Listed], limits: Limits) -> None:
    total = 0
    for one in listed:
        total += one.size
        allowed = max(_BOMB_FLOOR, limits.most_ratio * one.packed) if one.method == pack.DEFLATED else limits.most_file_bytes
        most = min(allowed, limits.most_file_bytes)
        if one.size > most:
            raise hostile.ZipBomb(file=one.name, size=one.size, most=most)
        if total > limits.most_total_bytes:
            raise hostile.ZipBomb(file=one.name, size=total, most=limits.most_total_bytes)


def _starts(content: bytes, listed: Sequence[_Listed], *, exact: bool) -> dict[int, int]:
    """Return place of the local header → place of the content, after checking that the files lie side by side."""
    spans = sorted((_span(content, one, exact=exact) for one in listed), key=lambda span: span[0].at)
    directory = _directory_start(content)
    for (one, _, stop), (after, _, _) in pairwise(spans):
        if after.at < stop:
            raise hostile.EntriesOverlap(file=after.name)
        _refuse_gap(one, stop, after.at, exact=exact)
    if spans:
        last, _, stop = spans[-1]
        if stop > directory:
            raise hostile.EntriesOverlap(file=last.name)
        _refuse_gap(last, stop, directory, exact=exact)
    first = spans[0][0].at if spans else directory
    if first and exact:
        raise hostile.HiddenBytes(place=f"0–{first}")
    return {one.at: start for one, start, _ in spans}


def _directory_start(content: bytes) -> int:
    return int(END.unpack_from(content, content.rfind(pack.END_MARK))[6])


def _refuse_gap(one: _Listed, stop: int, following: int, *, exact: bool) -> None:
    allowed = _DESCRIPTOR_SIZES if one.flags & _SIZES_FOLLOW else (0,)
    if exact and following - stop not in allowed:
        raise hostile.HiddenBytes(place=f"{stop}–{following}")


def _span(content: bytes, one: _Listed, *, exact: bool) -> tuple[_Listed, int, int]:
    if one.at + LOCAL.size > len(content) or content[one.at : one.at + 4] != pack.LOCAL_MARK:
        raise hostile.EntryContradicts(file=one.name)
    _, version, flags, method, time, date, crc, packed, size, length, extra = LOCAL.unpack_from(content, one.at)
    start = one.at + LOCAL.size + length + extra
    facts = (one.crc, one.packed, one.size)
    is_later = flags & _SIZES_FOLLOW and (crc, packed, size) == (0, 0, 0)
    ours = (one.flags, one.method, one.raw_name)
    if (flags, method, content[one.at + LOCAL.size : start - extra]) != ours or ((crc, packed, size) != facts and not is_later):
        raise hostile.EntryContradicts(file=one.name)
    if exact and ((version, (time, date)) != (one.version, one.stamp) or not _is_harmless(content[start - extra : start])):
        raise hostile.EntryContradicts(file=one.name)
    if start + one.packed > len(content):
        raise hostile.ZipTruncated(at=len(content))
    return one, start, start + one.packed


def _entry(content: bytes, one: _Listed, start: int) -> Entry:
    packed = content[start : start + one.packed]
    if one.method == pack.STORED:
        return Entry(one.name, packed, zlib.crc32(packed) == one.crc)
    whole = _inflated(one, packed)
    return Entry(one.name, whole or b"", whole is not None and zlib.crc32(whole) == one.crc)


def _inflated(one: _Listed, packed: bytes) -> bytes | None:
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        whole = reader.decompress(packed, one.size + 1)
    except zlib.error:
        return None
    if len(whole) > one.size or reader.unused_data:
        raise hostile.SizeLies(file=one.name)
    return whole if reader.eof and len(whole) == one.size else None
