"""`python benchmarks/certificates/peer.py --mode single|batch|cold --leaves N`: pymerkle's SQLite tree, answering rounds."""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from pathlib import Path

from pymerkle import SqliteTree, verify_inclusion

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks import worker

PROOFS = 5  # in one round


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", choices=("single", "batch", "cold"), required=True)
    parser.add_argument("--leaves", type=int, required=True)
    chosen = parser.parse_args()
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder, SqliteTree(f"{folder}/tree.db") as tree:
        before = 0

        def work() -> int:
            nonlocal before
            before = tree.get_size()
            entries = [b"entry %20d with the length of a short line of history" % next(numbers) for _ in range(chosen.leaves)]
            if chosen.mode == "batch":
                tree.append_entries(entries, chunksize=chosen.leaves)
            else:
                for entry in entries:
                    tree.append_entry(entry)
            return chosen.leaves

        if chosen.mode == "cold":
            entries = [b"entry %20d with the length of a short line of history" % next(numbers) for _ in range(chosen.leaves)]
            tree.append_entries(entries, chunksize=chosen.leaves)
            worker.serve(lambda: _prove_cold(tree), lambda: {"leaves": tree.get_size()})
            return
        worker.serve(work, lambda: {"leaves": tree.get_size() - before})


def _prove_cold(tree: SqliteTree) -> int:
    for place in range(PROOFS):
        tree.cache_clear()
        index = tree.get_size() // PROOFS * place + 1
        verify_inclusion(tree.get_leaf(index), tree.get_root(), tree.prove_inclusion(index))
    return PROOFS


if __name__ == "__main__":
    main()
