"""Sealed certificates a second, log appends against pymerkle's SQLite tree, verification, and proofs at ten million leaves."""

from __future__ import annotations

import hashlib
import statistics
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks import house, machine, peers, server
from benchmarks.frame import Goal, Report, Rounds, measure
from yijianshi.certificates.logic import offline
from yijianshi.kernel.merkle.proofs import inclusion_proof, root_at
from yijianshi.kernel.merkle.tiles import edge_of, extend
from yijianshi.kernel.merkle.verification import is_included
from yijianshi.kernel.ofd.model import Document, Page, Text
from yijianshi.kernel.ofd.signatures import Place, finish, prepare
from yijianshi.kernel.ofd.writer import write
from yijianshi.kernel.pki import authority, chain, sm2
from yijianshi.kernel.pki.authority import Wanted
from yijianshi.kernel.pki.certificates import Name
from yijianshi.kernel.seals import making
from yijianshi.kernel.seals.structures import Picture, SealInfo

TABLES = "yijianshi_bench_certificates"
SINGLE, BATCH, SEALED, COLD = 500, 50_000, 50, 200_000
LEAVES = 10_000_000
_CHUNK = 1_000_000
_PROOFS = 1_000
_NOTES = (
    "single: one line of history per transaction, fsync on, then the sequencer; pymerkle: append_entry, one commit each.",
    "batch: 1,000 lines per transaction, then the sequencer; pymerkle: append_entries in one chunk.",
    "log: the sequencer alone, over lines written before; pymerkle's batch beside it.",
    "cold: one proof of inclusion and the root with nothing in memory, as after a restart; pymerkle with its cache cleared.",
    "Ours writes a whole history line (17 columns, three indexes, a queue) in PostgreSQL; pymerkle entry and hash in SQLite.",
    "sealed: issue, PDF, OFD, two sealings with SM2 each verified after making, encrypted storage, log; one process.",
    "pymerkle hashes with SHA-256; equal is what both left: the number of leaves.",
)


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure everything. Options: `leaves` of the large tree. Raises ResultsDiffer, PeerCouldNotRun, ValueError."""
    unknown = set(options) - {"leaves"}
    if unknown:
        raise ValueError(f"Certificates have no option {', '.join(sorted(unknown))}; they know: leaves.")
    with server.running() as running:
        described = machine.describe(**running.settings())
        house.migrate(running.fresh(TABLES))
        single = _play(running, rounds, "single", SINGLE)
        batch = _play(running, rounds, "batch", BATCH)
        log = _play(running, rounds, "log", BATCH)
        cold = _play(running, rounds, "cold", COLD)
        sealed = _play(running, rounds, "sealed", SEALED)
        running.drop(TABLES)
    figures: dict[str, Any] = {
        "one leaf per transaction, times pymerkle": single.ratio("ours", "pymerkle").as_json(),
        "in batches, times pymerkle in batches": batch.ratio("ours", "pymerkle").as_json(),
        "the log alone in batches, times pymerkle in batches": log.ratio("ours", "pymerkle").as_json(),
        f"a proof and the root with nothing in memory, {COLD} leaves, times pymerkle": cold.ratio("ours", "pymerkle").as_json(),
        "cold proofs a second": {name: _rate(cold, name) for name in ("ours", "pymerkle")},
        "leaves a second": {
            **{f"{name}, one per transaction": _rate(single, name) for name in ("ours", "pymerkle")},
            **{f"{name}, in batches": _rate(batch, name) for name in ("ours", "pymerkle")},
            "ours, the log alone": _rate(log, "ours"),
        },
        "sealed certificates a second": _rate(sealed, "ours"),
        "files verified a second": _verified(rounds),
        "at many leaves": _proofs(int(options.get("leaves", LEAVES))),
    }
    mixed = [slow / fast for fast, slow in zip(log.seconds["ours"], single.seconds["pymerkle"], strict=True)]
    goals = [
        Goal("one leaf per transaction against pymerkle", single.ratio("ours", "pymerkle").median, 50.0),
        Goal("in batches against pymerkle in batches", batch.ratio("ours", "pymerkle").median, 50.0),
        Goal("the log in batches against pymerkle one at a time", statistics.median(mixed), 50.0),
    ]
    return Report("certificates", described, rounds, figures, goals, _NOTES)


def _play(running: server.Server, rounds: int, mode: str, leaves: int) -> Rounds:
    """Measure ours, and pymerkle beside it where it does the same, in turn."""
    name = f"{server.OURS}_{mode}"
    size = ["--leaves", str(leaves)]
    expected = {"leaves": leaves}
    with ExitStack() as stack:
        url = running.fresh(name, TABLES)
        stack.callback(running.drop, name)
        command = [sys.executable, "-m", "benchmarks.certificates.ours", "--mode", mode, *size]
        contestants = [stack.enter_context(closing(peers.ProcessContestant("ours", command, expected, house.surroundings(url))))]
        if mode != "sealed":
            peer = [str(peers.environment()), "benchmarks/certificates/peer.py", *size]
            peer += ["--mode", "batch" if mode == "log" else mode]
            contestants.append(stack.enter_context(closing(peers.ProcessContestant("pymerkle", peer, expected))))
        return measure(contestants, rounds)


def _rate(result: Rounds, name: str) -> dict[str, float]:
    rates = sorted(1 / seconds for seconds in result.seconds[name])
    return {"median": round(statistics.median(rates), 1), "low": round(rates[0], 1), "high": round(rates[-1], 1)}


def _verified(rounds: int) -> dict[str, float]:
    """Verify one sealed OFD again and again: eight steps, both certificates up to the root."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    key, office = sm2.generate(), sm2.generate()
    year = timedelta(days=365)
    root = authority.make_root(Wanted(Name("根"), key.public, at - year, at + year, 1, True), key)
    holder = authority.issue(Wanted(Name("单位"), office.public, at - year, at + year, 2), root, key).der
    info = SealInfo(
        es_id="1",
        kind=1,
        name="专用章",
        created_at=at,
        valid_from=at - year,
        valid_to=at + year,
        picture=Picture("PNG", bytes(8_000), 42, 42),
        certificates=(holder,),
    )
    seal = making.make_seal(info, signer=key, certificate=root.der)
    page = Page(tuple(Text(30, 40 + 6 * number, "示例内容" * 4) for number in range(20)))
    ofd = write(Document((page,), "示例", "单位", "0" * 32, at.date(), {"证照名称": "示例"}))
    prepared = prepare(ofd, Place(1, 0, 0, 42, 42), at=at)
    sealing = making.seal_document(
        seal, data_hash=prepared.data_hash, property_info="x", at=at, signer=office, certificate=holder
    )
    content = finish(prepared, sealing, seal)
    trusted = chain.Trusted([root])
    assert offline.check(content, trusted, at=at).seal.valid_now
    rates = []
    for _ in range(rounds):
        started = time.perf_counter()
        for _ in range(50):
            offline.check(content, trusted, at=at)
        rates.append(50 / (time.perf_counter() - started))
    return {"median": round(statistics.median(rates), 1), "low": round(min(rates), 1), "high": round(max(rates), 1)}


class _Kept:
    """Tiles in memory."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, index: int) -> bytes:
        return self.tiles[level, index]


def _proofs(leaves: int) -> dict[str, float]:
    """Build a tree of so many leaves, then prove and check leaves all over it."""
    kept, size, building = _Kept(), 0, 0.0
    while size < leaves:
        count = min(_CHUNK, leaves - size)
        made = [hashlib.new("sm3", b"%d" % number).digest() for number in range(size, size + count)]
        started = time.perf_counter()
        for one in extend(size, edge_of(size, kept), made):
            kept.tiles[one.level, one.index] = one.hashes
        building += time.perf_counter() - started
        size += count
    root, step = root_at(size, kept), max(1, size // _PROOFS)
    wanted = range(0, size, step)
    started = time.perf_counter()
    proofs = [inclusion_proof(index, size, kept) for index in wanted]
    proving = time.perf_counter() - started
    started = time.perf_counter()
    for index, proof in zip(wanted, proofs, strict=True):
        assert is_included(hashlib.new("sm3", b"%d" % index).digest(), index, size, proof, root)
    checking = time.perf_counter() - started
    return {
        "leaves": size,
        "proof bytes": max(len(proof) for proof in proofs) * 32,
        "proofs made a second": round(len(proofs) / proving, 1),
        "proofs checked a second": round(len(proofs) / checking, 1),
        "leaves built a second": round(size / building, 1),
    }
