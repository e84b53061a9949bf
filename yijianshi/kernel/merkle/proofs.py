"""Proofs made from stored tiles: a leaf is in the tree, a tree grew out of an earlier one (RFC 6962 sections 2.1.1 and 2.1.2)."""

from yijianshi.kernel.merkle.hashing import EMPTY, node_hash
from yijianshi.kernel.merkle.tiles import Tiles, complete


def root_at(size: int, tiles: Tiles) -> bytes:
    """Return the root over the first *size* leaves; raises KeyError when so many are not stored."""
    return _range(0, size, tiles) if size else EMPTY


def inclusion_proof(index: int, size: int, tiles: Tiles) -> list[bytes]:
    """Return the hashes that lead from leaf *index* to the root over *size* leaves; raises ValueError outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not among the first {size}")
    proof: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            proof.append(_range(middle, last, tiles))
            last = middle
        else:
            proof.append(_range(first, middle, tiles))
            first = middle
    return proof[::-1]


def consistency_proof(old: int, size: int, tiles: Tiles) -> list[bytes]:
    """Return the hashes that show the tree of *old* leaves to be the beginning of the one of *size*; raises ValueError."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} leaves did not grow out of one of {old}")
    if old in (0, size):
        return []
    proof: list[bytes] = []
    first, last, whole = 0, size, True  # whole: the old tree is exactly what is left of the range, so its root is known
    while old != last:
        middle = first + _split(last - first)
        if old <= middle:
            proof.append(_range(middle, last, tiles))
            last = middle
        else:
            proof.append(_range(first, middle, tiles))
            first, whole = middle, False
    return (proof if whole else [*proof, _range(first, last, tiles)])[::-1]


def _range(first: int, last: int, tiles: Tiles) -> bytes:
    """Return the hash over the leaves from *first* up to *last*; *first* is where a subtree of that size begins."""
    size = last - first
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return complete(height, first >> height, tiles)
    middle = first + _split(size)
    return node_hash(_range(first, middle, tiles), _range(middle, last, tiles))


def _split(size: int) -> int:
    """Return the largest power of two below *size*."""
    return 1 << (size - 1).bit_length() - 1
