"""Finding the seal of a PDF: a signature dictionary (ISO 32000-1 section 12.8) that holds a GB/T 38540 sealing.

The sealing's digest is SM3 over the two byte ranges around it, so over every byte of the file but the sealing itself. Who signs
after somebody else adds a revision: the earlier sealing covers the file as it was then.
"""

import hashlib
import re
from dataclasses import dataclass, field

from yijianshi.kernel.errors import Invalid

MOST = 40  # seals in one file
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_HEX = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_METADATA = re.compile(rb"/YJSMetadata\s*<([0-9a-fA-F]{2,131072})>")


class NoSeal(Invalid):
    """这个文件没有电子印章，无法验章。请用原来下载的文件，打印件和截图不行。

    The file has no electronic seal, so there is nothing to verify. Please use the file as downloaded, not a print or a picture.
    """


class SealTornOff(Invalid):
    """文件里的电子印章残缺，或者盖章以后文件又被追加了内容。

    The seal in the file is incomplete, or something was added to the file after sealing.
    """


class TooManySeals(Invalid):
    """文件里的签章超过 {most} 个，这里不核验这样的文件。

    The file has more than {most} seals; such files are not verified here.
    """


@dataclass(frozen=True, slots=True)
class SealedPart:
    """What was found: the sealing (DER), SM3 of all bytes around it, what the file says of it, and where its revision ends."""

    sealing: bytes = field(repr=False)
    data_hash: bytes
    metadata: str = field(repr=False)
    end: int


def find_seal(content: bytes) -> SealedPart:
    """Return the last seal of a PDF; raises NoSeal, SealTornOff."""
    return find_seals(content)[-1]


def find_seals(content: bytes) -> list[SealedPart]:
    """Return the seals of a PDF in the order they were put on; each covers the file up to its own end, the last the whole file.

    Reads by search, so that a hostile structure has nothing to offer. Raises NoSeal, SealTornOff, TooManySeals.
    """
    found = list(_RANGE.finditer(content))
    if not found:
        raise NoSeal
    if len(found) > MOST:
        raise TooManySeals(most=MOST)
    parts: list[SealedPart] = []
    for one in found:
        parts.append(_part(content, one, parts[-1].end if parts else 0))
    if parts[-1].end != len(content):
        raise SealTornOff
    return parts


def _part(content: bytes, found: "re.Match[bytes]", since: int) -> SealedPart:
    first, start, end, rest = (int(part) for part in found.groups())
    last = end + rest
    begins = since < found.start() < start or not since
    if first != 0 or not (begins and 0 < start < end < last <= len(content)) or not _HEX.fullmatch(content, start, end):
        raise SealTornOff
    held = bytes.fromhex(content[start + 1 : end - 1].decode()) if (end - start) % 2 == 0 else b""
    sealing = _whole(held)
    metadata = _METADATA.search(content, since, last)
    said = bytes.fromhex(metadata[1].decode()) if metadata and len(metadata[1]) % 2 == 0 else b""
    return SealedPart(sealing, digest(content[:last], start, end), said.decode(errors="replace"), last)


def _whole(held: bytes) -> bytes:
    """Return the DER value at the beginning; only zeros may follow it."""
    if len(held) < 6 or held[0] != 0x30 or not 0x81 <= held[1] <= 0x83:
        raise SealTornOff
    size = held[1] & 0x7F
    length = 2 + size + int.from_bytes(held[2 : 2 + size])
    if length > len(held) or held[length:].strip(b"\0"):
        raise SealTornOff
    return held[:length]


def digest(content: bytes, start: int, end: int) -> bytes:
    """Return SM3 over everything but the bytes from *start* up to *end*."""
    made = hashlib.new("sm3", memoryview(content)[:start])
    made.update(memoryview(content)[end:])
    return made.digest()
