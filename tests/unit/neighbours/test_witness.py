"""The simulators' own reading of the papers agrees with the house's proofs, and refuses what does not grow."""

from neighbours.engine.witness import begins_with
from yijianshi.kernel.merkle.hashing import leaf_hash
from yijianshi.kernel.merkle.proofs import consistency_proof, root_at
from yijianshi.kernel.merkle.tiles import extend


class Kept:
    def __init__(self, leaves: list[bytes]) -> None:
        self.tiles = {(one.level, one.index): one.hashes for one in extend(0, {}, leaves)}

    def tile(self, level: int, index: int) -> bytes:
        return self.tiles[level, index]


def test_growth_is_seen_and_rewriting_is_not_signed() -> None:
    leaves = [leaf_hash(bytes([number % 256, number // 256])) for number in range(700)]
    tree, forged = Kept(leaves), Kept([leaf_hash(b"rewritten"), *leaves[1:]])
    for old, size in ((1, 2), (1, 700), (3, 7), (8, 9), (255, 256), (256, 700), (300, 699)):
        proof = consistency_proof(old, size, tree)
        assert begins_with(old, root_at(old, tree), size, root_at(size, tree), proof)
        bent = consistency_proof(old, size, forged)
        assert not begins_with(old, root_at(old, tree), size, root_at(size, forged), bent)
        assert not begins_with(old, root_at(old, tree), size, root_at(size, tree), proof[:-1])
        assert not begins_with(old, root_at(old, tree), size, root_at(size, tree), [*proof, proof[0]])
