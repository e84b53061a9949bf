"""`python -m benchmarks.certificates.ours --mode … --leaves N`: the product itself as a process that answers rounds.

single: one history line per transaction, then the sequencer. batch: a thousand lines per transaction, then the sequencer.
log: the sequencer alone, over lines that were written before. cold: proofs with nothing in memory.
sealed: certificates issued, set as PDF and OFD, sealed, logged.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid4

import django

django.setup()  # before anything of the product is imported; DJANGO_SETTINGS_MODULE comes from the caller

from django.db import transaction  # noqa: E402

from benchmarks import worker  # noqa: E402
from benchmarks.handoff import town  # noqa: E402
from yijianshi.certificates import commands as certificates  # noqa: E402
from yijianshi.certificates.logic.face import Face, FaceField  # noqa: E402
from yijianshi.foundation import history  # noqa: E402
from yijianshi.foundation.transparency import sequencer, tiles  # noqa: E402
from yijianshi.identity import queries as identity  # noqa: E402
from yijianshi.identity.logic.actor import SYSTEM  # noqa: E402
from yijianshi.kernel.merkle.hashing import SIZE  # noqa: E402
from yijianshi.kernel.merkle.proofs import inclusion_proof, root_at  # noqa: E402
from yijianshi.kernel.merkle.tiles import WIDTH  # noqa: E402
from yijianshi.kernel.merkle.verification import is_included  # noqa: E402
from yijianshi.kernel.text import Text  # noqa: E402

AT = datetime(2026, 3, 2, tzinfo=UTC)
PROOFS = 5  # in one round
_TOGETHER = 1_000
_FIELDS = tuple(FaceField(f"bench.{number}", Text(f"内容{number}", f"Line {number}")) for number in range(8))
FACE = Face("bench", "", Text("示例证照", "Certificate"), Text("准予登记。", "Registered."), "certificate", _FIELDS)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", choices=("single", "batch", "log", "cold", "sealed"), required=True)
    parser.add_argument("--leaves", type=int, required=True)
    chosen = parser.parse_args()
    prepare, work = _modes(chosen.leaves)[chosen.mode]()
    size = 0
    if chosen.mode == "cold":
        worker.serve(work, lambda: {"leaves": tiles.size()}, prepare)
        return

    def start() -> None:
        nonlocal size
        _follow()
        prepare()
        size = tiles.size()

    def proof() -> Mapping[str, int]:
        # a certificate leaves three lines: its issue, and the use of the seal on each of its two files
        return {"leaves": (tiles.size() - size) // (3 if chosen.mode == "sealed" else 1)}

    worker.serve(work, proof, start)


def _modes(leaves: int) -> Mapping[str, Callable[[], tuple[Callable[[], object], Callable[[], int]]]]:
    return {
        "single": lambda: (_nothing, lambda: _write(leaves, 1)),
        "batch": lambda: (_nothing, lambda: _write(leaves, _TOGETHER)),
        "log": lambda: (lambda: _lines(leaves, _TOGETHER), lambda: _follow() or leaves),
        "cold": lambda: (lambda: _fill(leaves), lambda: _prove_cold(leaves)),
        "sealed": lambda: _sealing(leaves),
    }


def _nothing() -> None:
    """Nothing has to be there before."""


def _write(leaves: int, together: int) -> int:
    _lines(leaves, together)
    _follow()
    return leaves


def _lines(leaves: int, together: int) -> None:
    actor = SYSTEM.to_record()
    for first in range(0, leaves, together):
        entries = [
            history.Entry(subject_kind="bench", subject_id=uuid4(), action="append", actor=actor, at=AT)
            for _ in range(min(together, leaves - first))
        ]
        with transaction.atomic():
            history.record(entries)


def _fill(leaves: int) -> None:
    if not tiles.size():
        _lines(leaves, _TOGETHER)
        _follow()


def _prove_cold(leaves: int) -> int:
    for place in range(PROOFS):
        stored = tiles.Stored()
        index = leaves // PROOFS * place
        leaf = stored.tile(0, index // WIDTH)[index % WIDTH * SIZE :][:SIZE]
        assert is_included(leaf, index, leaves, inclusion_proof(index, leaves, stored), root_at(leaves, stored))
    return PROOFS


def _follow() -> None:
    while sequencer.append():
        pass


def _sealing(leaves: int) -> tuple[Callable[[], object], Callable[[], int]]:
    town.found(AT)
    organisation = identity.list_organisations()[0]
    new = certificates.NewSeal(organisation_id=organisation.id, custodian="保管人", rule_types=("*",), rule_basis="规则")
    certificates.make_seal(new, by=SYSTEM, at=AT)
    numbers: Iterator[int] = count()

    def work() -> int:
        issues = [
            certificates.Issue(
                type_code="bench",
                issuer_organisation_id=organisation.id,
                holder_kind="PERSON",
                holder_name="王芳",
                fields={line.name: f"第 {next(numbers)} 项" for line in _FIELDS},
                valid_from=date(2026, 3, 2),
                region="410105",
                face=FACE,
            )
            for _ in range(leaves)
        ]
        certificates.issue(issues, by=SYSTEM, at=AT)
        done = 0
        while sealed := certificates.seal_due(at=AT):
            done += sealed
        _follow()
        return done

    return _nothing, work


if __name__ == "__main__":
    main()
