"""A plain ZIP, byte for byte the same wherever and whenever it is written (PKWARE APPNOTE 6.3, 4.3 and 4.4).

Nothing is packed: papers are compressed already, the same bytes do not depend on a version of zlib, and whatever befalls
one file of a stored ZIP leaves the others readable.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yijianshi.kernel.archive import hostile

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
NAME_IS_UTF8 = 0x0800
STORED, DEFLATED = 0, 8
MOST_ENTRIES, MOST_BYTES = 0xFFFF - 1, 0xFFFFFFFF - 1
_VERSION = 20
_MADE_ON_UNIX = 3 << 8 | _VERSION
_REGULAR_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a package: path with ``/``, content, and whether the ZIP checksum fits (always, when writing)."""

    name: str
    content: bytes
    is_whole: bool = True


def dos_time(at: datetime) -> tuple[int, int]:
    """Return (time, date) as a ZIP writes them, in two-second steps; years outside 1980-2107 become the nearest possible."""
    if at.year < 1980:
        return 0, 1 << 5 | 1
    if at.year > 2107:
        return 23 << 11 | 59 << 5 | 29, 127 << 9 | 12 << 5 | 31
    return at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - 1980) << 9 | at.month << 5 | at.day


def pack(entries: Iterable[Entry], stamp: tuple[int, int]) -> bytes:
    """Return the ZIP of *entries* in their order, all with the DOS (time, date) *stamp*. Raises ZipTooLarge."""
    files, directory, at, count = [], [], 0, 0
    for entry in entries:
        name = entry.name.encode()
        size = len(entry.content)
        if at + size > MOST_BYTES:
            raise hostile.ZipTooLarge
        shared = (NAME_IS_UTF8, STORED, *stamp, zlib.crc32(entry.content), size, size, len(name), 0)
        local = LOCAL.pack(LOCAL_MARK, _VERSION, *shared)
        central = CENTRAL.pack(CENTRAL_MARK, _MADE_ON_UNIX, _VERSION, *shared, 0, 0, 0, _REGULAR_FILE, at)
        files += [local, name, entry.content]
        directory += [central, name]
        at += len(local) + len(name) + size
        count += 1
    listed = b"".join(directory)
    if count > MOST_ENTRIES or at + len(listed) > MOST_BYTES:
        raise hostile.ZipTooLarge
    return b"".join([*files, listed, END.pack(END_MARK, 0, 0, count, count, len(listed), at, 0)])
