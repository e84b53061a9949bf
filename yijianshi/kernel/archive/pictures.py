"""Are these pictures whole: PNG (ISO/IEC 15948, 5 and 11.2) and JPEG (ITU-T T.81, annex B)."""

import re
import struct
import zlib
from collections.abc import Iterator

from yijianshi.kernel.archive import flaws
from yijianshi.kernel.archive.problems import Limits

_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff+[^\xff]", re.S)
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FOREIGN = re.compile(rb"PK\x03\x04|PK\x05\x06|%PDF-|<script|<\?php|\x7fELF", re.I)
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type → samples for each pixel
_STEP = 1_048_576
_MOST_PARTS = 100_000
_PASSES = 7  # an interlaced picture comes in seven, each with its own filter bytes


def check_png(file: str, content: bytes, limits: Limits) -> None:
    """Raise ContentUnlikeName, FileDamaged, FileHidesAnother or FileUnfolds unless the PNG is whole to its last row."""
    if not content.startswith(_PNG_MARK):
        raise flaws.ContentUnlikeName(file=file, wanted="PNG")
    header, rows, end = b"", [], 0
    for number, (name, body, stop) in enumerate(_chunks(file, content)):
        if (number == 0) != (name == b"IHDR"):
            raise flaws.FileDamaged(file=file, wanted="PNG")
        header = body if number == 0 else header
        rows += [body] if name == b"IDAT" else []
        end = stop
    if content[end:].strip(b"\x00\r\n "):
        raise flaws.FileHidesAnother(file=file)
    _unfold(file, header, b"".join(rows), limits)


def _chunks(file: str, content: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    at, name = len(_PNG_MARK), b""
    for _ in range(_MOST_PARTS):
        if at + 12 > len(content):
            raise flaws.FileDamaged(file=file, wanted="PNG")
        length, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        stop = at + 12 + length
        if stop > len(content) or zlib.crc32(name + body) != struct.unpack_from(">I", content, stop - 4)[0]:
            raise flaws.FileDamaged(file=file, wanted="PNG")
        yield name, body, stop
        at = stop
        if name == b"IEND":
            return
    raise flaws.FileUnfolds(file=file)


def _unfold(file: str, header: bytes, rows: bytes, limits: Limits) -> None:
    if len(header) != 13:
        raise flaws.FileDamaged(file=file, wanted="PNG")
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", header)
    if not width or not height or colour not in _SAMPLES:
        raise flaws.FileDamaged(file=file, wanted="PNG")
    if width * height > limits.most_pixels:
        raise flaws.FileUnfolds(file=file)
    wanted = height * ((width * _SAMPLES[colour] * depth + 7) // 8 + 1)
    most = wanted + (_PASSES * (height + width) if interlaced else 0)
    found = _count_unfolded(file, rows, most)
    if found > most:
        raise flaws.FileUnfolds(file=file)
    if found < wanted and not interlaced:
        raise flaws.FileDamaged(file=file, wanted="PNG")


def _count_unfolded(file: str, rows: bytes, most: int) -> int:
    reader, total, waiting = zlib.decompressobj(), 0, rows
    try:
        while not reader.eof and total <= most:
            part = reader.decompress(waiting, _STEP)
            waiting = reader.unconsumed_tail
            total += len(part)
            if not part and not waiting:
                break
    except zlib.error as error:
        raise flaws.FileDamaged(file=file, wanted="PNG") from error
    if not reader.eof and total <= most:
        raise flaws.FileDamaged(file=file, wanted="PNG")
    return total


def check_jpeg(file: str, content: bytes, limits: Limits) -> None:
    """Raise ContentUnlikeName, FileDamaged, FileHidesAnother or FileUnfolds unless the JPEG has a frame, a scan and an end.

    Another picture behind the end is let pass: phones put previews and depth maps there.
    """
    if not content.startswith(b"\xff\xd8\xff"):
        raise flaws.ContentUnlikeName(file=file, wanted="JPEG")
    pixels, scans, end = 0, 0, 0
    for marker, at in _segments(file, content):
        pixels = _pixels(file, content, at) if marker in _FRAMES else pixels
        scans += marker == _SCAN
        end = at + 2
    if not pixels or not scans:
        raise flaws.FileDamaged(file=file, wanted="JPEG")
    if pixels > limits.most_pixels:
        raise flaws.FileUnfolds(file=file)
    if _FOREIGN.search(content[end:]):
        raise flaws.FileHidesAnother(file=file)


def _segments(file: str, content: bytes) -> Iterator[tuple[int, int]]:
    """Yield (marker, place) of each segment, the end of the image last."""
    at, marker = 2, 0
    for _ in range(_MOST_PARTS):
        marker, at = _marker(file, content, at)
        yield marker, at
        if marker == _END:
            return
        at += 2 + _length(file, content, at)
        if marker == _SCAN:
            at = _end_of_scan(file, content, at)
    raise flaws.FileUnfolds(file=file)


def _marker(file: str, content: bytes, at: int) -> tuple[int, int]:
    found = _MARKER.match(content, at)  # fill bytes may stand before any marker (B.1.1.2)
    if found is None:
        raise flaws.FileDamaged(file=file, wanted="JPEG")
    return content[found.end() - 1], found.end() - 2


def _length(file: str, content: bytes, at: int) -> int:
    length = int.from_bytes(content[at + 2 : at + 4])
    if length < 2 or at + 2 + length > len(content):
        raise flaws.FileDamaged(file=file, wanted="JPEG")
    return length


def _pixels(file: str, content: bytes, at: int) -> int:
    if at + 9 > len(content):
        raise flaws.FileDamaged(file=file, wanted="JPEG")
    height, width = struct.unpack_from(">HH", content, at + 5)
    return int(height) * int(width)


def _end_of_scan(file: str, content: bytes, at: int) -> int:
    found = _NEXT_MARKER.search(content, at)
    if found is None:
        raise flaws.FileDamaged(file=file, wanted="JPEG")
    return found.start()
