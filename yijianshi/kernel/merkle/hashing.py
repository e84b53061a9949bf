"""The three digests of the tree: nothing, a leaf, a node (RFC 6962 section 2.1, with SM3 of GB/T 32905 in place of SHA-256)."""

import hashlib

SIZE = 32
_SM3 = hashlib.new("sm3")
EMPTY = _SM3.copy().digest()

_leaf = hashlib.new("sm3", b"\x00")
_node = hashlib.new("sm3", b"\x01")


def leaf_hash(content: bytes) -> bytes:
    """Return the 32 bytes that stand for one entry; the leading 0x00 keeps a leaf from being passed off as a node."""
    made = _leaf.copy()
    made.update(content)
    return made.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32 bytes of the node over two subtrees."""
    made = _node.copy()
    made.update(left + right)
    return made.digest()


def fold(hashes: bytes) -> bytes:
    """Return the root over *hashes* (32 bytes each, their number a power of two)."""
    copy = _node.copy
    level = [hashes[at : at + SIZE] for at in range(0, len(hashes), SIZE)]
    while len(level) > 1:
        above = []
        for pair in zip(level[::2], level[1::2], strict=True):
            made = copy()
            made.update(b"".join(pair))
            above.append(made.digest())
        level = above
    return level[0]
