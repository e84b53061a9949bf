"""Checking proofs with nothing but the proof: the other side needs no copy of the tree (RFC 9162, 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Sequence

from yijianshi.kernel.merkle.hashing import SIZE, node_hash


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether *leaf* is number *index* of the *size* leaves under *root*; anything malformed is simply not included."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    at, last, made = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            made = node_hash(other, made)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            made = node_hash(made, other)
        at, last = at >> 1, last >> 1
    return last == 0 and made == root


def is_consistent(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether the tree of *size* leaves under *root* begins with the *old* leaves under *old_root*."""
    if not 0 < old <= size or not _are_hashes(old_root, root, *proof):
        return False
    if old == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and _climb(old - 1, size - 1, path) == (old_root, root)


def _climb(at: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return the two roots the path leads to, or None when its length does not fit."""
    while at & 1:
        at, last = at >> 1, last >> 1
    before = now = path[0]
    for other in path[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            before, now = node_hash(other, before), node_hash(other, now)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            now = node_hash(now, other)
        at, last = at >> 1, last >> 1
    return (before, now) if last == 0 else None


def _are_hashes(*parts: bytes) -> bool:
    return all(len(part) == SIZE for part in parts)
