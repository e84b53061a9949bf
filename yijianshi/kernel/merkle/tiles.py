"""Where the hashes are kept: tiles of up to 256 neighbouring hashes, each level's hash i being the root of the full tile i below.

A full tile never changes again; only the last tile of each level grows. Ten million leaves are 39,063 tiles of level 0, 153 of
level 1 and one of level 2, and any proof reads at most two tiles of each level.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from yijianshi.kernel.merkle.hashing import SIZE, fold

HEIGHT = 8
WIDTH = 1 << HEIGHT


class Tiles(Protocol):
    """Reads what was stored."""

    def tile(self, level: int, index: int) -> bytes:
        """Return the hashes of a tile, 32 bytes each, as many as there are; raises KeyError when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile as it is to be stored, replacing the shorter one with the same place."""

    level: int
    index: int
    hashes: bytes


def extend(size: int, edge: Mapping[int, bytes], leaves: Iterable[bytes]) -> list[Tile]:
    """Return the tiles that are new or longer once *leaves* (32 bytes each) follow the first *size* leaves.

    *edge* is ``edge_of(size)``: level → the hashes of its unfinished last tile.
    """
    made: list[Tile] = []
    level, count, arriving = 0, size, iter(leaves)
    while True:
        passed_up: list[bytes] = []
        index, hashes = count // WIDTH, edge.get(level, b"") if count % WIDTH else b""
        while part := b"".join(islice(arriving, WIDTH - len(hashes) // SIZE)):
            hashes += part
            made.append(Tile(level, index, hashes))
            if len(hashes) == WIDTH * SIZE:
                passed_up.append(fold(hashes))
                index, hashes = index + 1, b""
        if not passed_up:
            return made
        level, count, arriving = level + 1, count // WIDTH, iter(passed_up)


def edge_of(size: int, tiles: Tiles) -> dict[int, bytes]:
    """Return level → hashes of its unfinished last tile, for a tree of *size* leaves."""
    edge, level = {}, 0
    while size:
        if size % WIDTH:
            edge[level] = tiles.tile(level, size // WIDTH)[: size % WIDTH * SIZE]
        level, size = level + 1, size // WIDTH
    return edge


def complete(height: int, index: int, tiles: Tiles) -> bytes:
    """Return the hash of the complete subtree of 2**height leaves that begins at leaf ``index * 2**height``."""
    level, inside = divmod(height, HEIGHT)
    first = index << inside
    hashes = tiles.tile(level, first // WIDTH)
    begin = first % WIDTH * SIZE
    part = hashes[begin : begin + (SIZE << inside)]
    if len(part) != SIZE << inside:
        raise KeyError((level, first // WIDTH))
    return fold(part)
