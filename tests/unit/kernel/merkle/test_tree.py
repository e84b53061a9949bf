"""The tree against the definition in the paper, written out as plainly as it can be."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.merkle.hashing import EMPTY, leaf_hash, node_hash
from yijianshi.kernel.merkle.proofs import consistency_proof, inclusion_proof, root_at
from yijianshi.kernel.merkle.tiles import WIDTH, edge_of, extend
from yijianshi.kernel.merkle.verification import is_consistent, is_included


class Kept:
    """Tiles in a dictionary."""

    def __init__(self, leaves: list[bytes], steps: list[int] | None = None) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.size = 0
        for step in steps or [len(leaves)]:
            self.append(leaves[self.size : self.size + step])
        self.append(leaves[self.size :])

    def tile(self, level: int, index: int) -> bytes:
        return self.tiles[level, index]

    def append(self, leaves: list[bytes]) -> None:
        for one in extend(self.size, edge_of(self.size, self), leaves):
            kept = self.tiles.get((one.level, one.index), b"")
            assert one.hashes.startswith(kept)
            assert len(one.hashes) > len(kept)
            self.tiles[one.level, one.index] = one.hashes
        self.size += len(leaves)


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def defined_root(part: list[bytes]) -> bytes:
    """MTH of RFC 6962, the simple version."""
    if not part:
        return hashlib.new("sm3", b"").digest()
    if len(part) == 1:
        return part[0]
    middle = 1
    while middle * 2 < len(part):
        middle *= 2
    return node_hash(defined_root(part[:middle]), defined_root(part[middle:]))


ALL = leaves(1200)
TREE = Kept(ALL, [1, 2, 250, 3, 1, 600])
SIZES = [1, 2, 3, 4, 7, 8, 255, 256, 257, 511, 512, 513, 1024, 1199, 1200]


def test_sm3_of_the_standard() -> None:
    # GB/T 32905-2016 appendix A.1
    assert hashlib.new("sm3", b"abc").hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert leaf_hash(b"abc") == hashlib.new("sm3", b"\x00abc").digest()
    assert hashlib.new("sm3").digest() == EMPTY


@pytest.mark.parametrize("size", [0, *SIZES])
def test_roots_are_those_of_the_definition(size: int) -> None:
    assert root_at(size, TREE) == defined_root(ALL[:size])


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven(size: int) -> None:
    root = root_at(size, TREE)
    for index in {0, 1, size // 3, size // 2, size - 2, size - 1} & set(range(size)):
        proof = inclusion_proof(index, size, TREE)
        assert is_included(ALL[index], index, size, proof, root)
        assert not is_included(ALL[(index + 1) % 1200], index, size, proof, root)
        assert not is_included(ALL[index], index + 1, size, proof, root)
        assert not is_included(ALL[index], index, size, [*proof, root], root)
        for at in range(len(proof)):
            bent = [*proof[:at], bytes([proof[at][0] ^ 1]) + proof[at][1:], *proof[at + 1 :]]
            assert not is_included(ALL[index], index, size, bent, root)
            assert not is_included(ALL[index], index, size, proof[:at] + proof[at + 1 :], root)


@pytest.mark.parametrize("old", SIZES)
def test_growth_is_proven(old: int) -> None:
    for size in (one for one in SIZES if one >= old):
        proof = consistency_proof(old, size, TREE)
        assert is_consistent(old, size, root_at(old, TREE), root_at(size, TREE), proof)
        if old == size:
            continue
        assert not is_consistent(old, size, root_at(old, TREE)[::-1], root_at(size, TREE), proof)
        assert not is_consistent(old, size, root_at(old, TREE), root_at(size, TREE)[::-1], proof)
        for at in range(len(proof)):
            bent = [*proof[:at], bytes([proof[at][0] ^ 1]) + proof[at][1:], *proof[at + 1 :]]
            assert not is_consistent(old, size, root_at(old, TREE), root_at(size, TREE), bent)


@given(st.lists(st.integers(0, 700), max_size=6))
def test_any_steps_make_the_same_tiles(steps: list[int]) -> None:
    assert Kept(ALL, [step for step in steps if step] or None).tiles == TREE.tiles


@given(st.integers(1, 1200), st.data())
def test_a_rewritten_past_is_never_consistent(size: int, data: st.DataObject) -> None:
    changed, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    other = list(ALL[:size])
    other[changed] = leaf_hash(b"rewritten")
    forged = Kept(other)
    proof = consistency_proof(old, size, forged)
    assert is_consistent(old, size, root_at(old, TREE), root_at(size, forged), proof) is (changed >= old)


@given(st.lists(st.binary(min_size=31, max_size=33), max_size=12), st.integers(-2, 2**70), st.integers(-2, 2**70))
def test_nonsense_is_refused_without_an_error(proof: list[bytes], first: int, second: int) -> None:
    assert not is_included(ALL[0], first, second, proof, ALL[1])
    assert not is_consistent(first, second, ALL[0], ALL[1], proof)


def test_outside_the_tree() -> None:
    for index, size in ((-1, 3), (3, 3), (0, 0)):
        with pytest.raises(ValueError, match="not among"):
            inclusion_proof(index, size, TREE)
    with pytest.raises(ValueError, match="did not grow"):
        consistency_proof(5, 4, TREE)
    with pytest.raises(KeyError):
        root_at(1201, TREE)
    with pytest.raises(KeyError):
        root_at(WIDTH**3, TREE)
