"""The tiles of the log in the database."""

import struct

from yijianshi.foundation.models import LogTile
from yijianshi.kernel.merkle.hashing import SIZE
from yijianshi.kernel.merkle.tiles import WIDTH

EACH = 8  # bytes of one number


class Stored:
    """Reads tiles, each at most once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, index: int) -> bytes:
        """Return the hashes of a tile; raises KeyError."""
        if (level, index) not in self._read:
            found = LogTile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
            if found is None:
                raise KeyError((level, index))
            self._read[level, index] = bytes(found)
        return self._read[level, index]


def size() -> int:
    """Return how many leaves the log has."""
    last = LogTile.objects.filter(level=0).order_by("-index").values_list("index", "hashes").first()
    return last[0] * WIDTH + len(last[1]) // SIZE if last else 0


def find(history_id: int) -> int | None:
    """Return the number of the leaf of a history line, or None while it waits."""
    near = LogTile.objects.filter(level=0, first__lte=history_id, last__gte=history_id).order_by("last")
    for index, entries in near.values_list("index", "entries"):
        numbers = unpack(bytes(entries))
        if history_id in numbers:
            return int(index) * WIDTH + numbers.index(history_id)
    return None


def entries(index: int) -> tuple[int, ...]:
    """Return the numbers of the history lines of a tile of level 0, none where there is no such tile."""
    return unpack(packed_entries(index))


def packed_entries(index: int) -> bytes:
    """Return the same as they are stored: EACH bytes for each number, big-endian."""
    found = LogTile.objects.filter(level=0, index=index).values_list("entries", flat=True).first()
    return bytes(found) if found is not None else b""


def unpack(content: bytes) -> tuple[int, ...]:
    """Return the numbers."""
    return struct.unpack(f">{len(content) // EACH}q", content)
