"""Receipts: one line of the history, where it stands on the log, and a checkpoint with its signatures; checked without the log.

A receipt is JSON: ``{"kind": "yijianshi-receipt/1", "entry": [[name, value], …], "index": 5, "proof": [base64, …], "checkpoint":
note}``. The leaf is SM3 over 0x00 and each value as UTF-8 behind its length in bytes as four big-endian bytes.
"""

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.merkle import checkpoints
from yijianshi.kernel.merkle.hashing import leaf_hash
from yijianshi.kernel.merkle.verification import is_included
from yijianshi.kernel.pki import sm2

KIND, MANY = "yijianshi-receipt/1", "yijianshi-receipts/1"


class ReceiptUnreadable(Invalid):
    """这不是一份完整的存证凭据：{why}。请重新下载后再核验。

    This is not a whole receipt: {why}. Please download it again and check it anew.
    """


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count: public keys of the log by its name (old ones, too), and of the witnesses by theirs."""

    log: Mapping[str, Sequence[bytes]]
    witnesses: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Three separate answers, and what they are about.

    *included*: the entry is on the log the checkpoint speaks of, unchanged. *signed*: the log's own key signed that checkpoint.
    *witnesses*: who else signed it.
    """

    entry: Mapping[str, str]
    index: int
    size: int
    origin: str
    included: bool
    signed: bool
    witnesses: tuple[str, ...]
    seen_at: datetime | None = None  # by when all of them had seen it


def check(receipt: object, trust: Trust) -> Verdict:
    """Return what the receipt proves; raises ReceiptUnreadable, CheckpointUnreadable."""
    entry, index, proof, note = _parts(receipt)
    signed = checkpoints.parse(note, trust.witnesses)
    point = signed.checkpoint
    seen = checkpoints.witnessed(signed, trust.witnesses, verifier)
    content = b"".join(len(raw).to_bytes(4) + raw for raw in (value.encode() for _, value in entry))
    return Verdict(
        entry=dict(entry),
        index=index,
        size=point.size,
        origin=point.origin,
        included=is_included(leaf_hash(content), index, point.size, proof, point.root),
        signed=any(
            checkpoints.is_signed(point, one, public, verifier(public))
            for public in trust.log.get(point.origin, ())
            for one in signed.signatures
            if one.name == point.origin
        ),
        witnesses=tuple(seen),
        seen_at=datetime.fromtimestamp(max(seen.values()), UTC) if seen else None,
    )


def bundle(made: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return several receipts as one document."""
    return {"kind": MANY, "receipts": list(made)}


def unpack(document: object) -> list[object]:
    """Return the receipts of a document: the one it is, or those it holds; raises ReceiptUnreadable when it holds none."""
    if not isinstance(document, Mapping) or document.get("kind") != MANY:
        return [document]
    held = document.get("receipts")
    if not isinstance(held, list) or not held:
        raise ReceiptUnreadable(why="it holds no receipts")
    return held


def read_trust(content: object) -> Trust:
    """Return the keys of a trust file: ``{"log": {name: [hex, …]}, "witnesses": {name: hex}}``; raises ReceiptUnreadable."""
    try:
        parts = dict(content)  # type: ignore[call-overload]
        log = {str(name): tuple(bytes.fromhex(key) for key in keys) for name, keys in dict(parts["log"]).items()}
        return Trust(log, {str(name): bytes.fromhex(key) for name, key in dict(parts["witnesses"]).items()})
    except (KeyError, TypeError, ValueError) as error:
        raise ReceiptUnreadable(why=f"the file of trusted keys is not one ({type(error).__name__})") from error


def verifier(public: bytes) -> checkpoints.Verify:
    """Return what checks signatures of one public key."""
    return lambda text, made: sm2.verify(public, text, made)


def _parts(receipt: Any) -> tuple[list[tuple[str, str]], int, list[bytes], str]:
    try:
        if receipt["kind"] != KIND:
            raise ReceiptUnreadable(why="it is of another kind")
        entry = [(name, value) for name, value in receipt["entry"]]
        index, note = receipt["index"], receipt["checkpoint"]
        proof = [b64decode(one, validate=True) for one in receipt["proof"]]
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise ReceiptUnreadable(why=f"a part is missing or broken ({type(error).__name__})") from error
    texts = all(isinstance(part, str) for pair in entry for part in pair)
    if not texts or type(index) is not int or not isinstance(note, str) or len({name for name, _ in entry}) != len(entry):
        raise ReceiptUnreadable(why="a part is not of its type")
    return entry, index, proof, note
