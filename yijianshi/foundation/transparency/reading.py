"""What anybody may ask the log: its latest checkpoint, that it only grew, and for one's own lines a receipt."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yijianshi.foundation import history, signing
from yijianshi.foundation.models import LogCheckpoint, LogCosignature, LogQueue, LogWitness
from yijianshi.foundation.transparency import tiles
from yijianshi.kernel.errors import Invalid, NotFound
from yijianshi.kernel.merkle import receipts as receipts_of
from yijianshi.kernel.merkle.checkpoints import Checkpoint
from yijianshi.kernel.merkle.proofs import consistency_proof, inclusion_proof
from yijianshi.kernel.text import Text

PURPOSE = "log"


class NoCheckpoint(NotFound):
    """日志里没有这个检查点。请从最新的检查点开始核对。

    The log has no such checkpoint. Please begin with the latest one.
    """


class NotOnLog(NotFound):
    """这一条刚刚写下，还没有进入日志，通常只要几秒钟。请过一会儿再取存证。

    This line was written a moment ago and is not on the log yet; it takes a few seconds. Please ask for the receipt again soon.
    """


class NoSuchGrowth(Invalid):
    """日志没有这样长过：请给出两个检查点的大小，前一个不大于后一个，后一个不大于现在的 {size}。

    The log was never of that size: give the sizes of two checkpoints, the first not above the second, the second not above
    {size}.
    """


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint as it is shown: who co-signed it, and when they saw it."""

    size: int
    root: bytes
    at: datetime
    note: str
    witnesses: tuple[tuple[Text, datetime], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """An organisation that co-signs."""

    name: str
    title: Text
    public: bytes
    since: datetime
    until: datetime | None


def latest(count: int = 1) -> list[Cosigned]:
    """Return the latest checkpoints, newest first; one never counted by anybody yet is among them."""
    rows = LogCheckpoint.objects.order_by("-size").prefetch_related("cosignatures__witness")[:count]
    return [_shown(row) for row in rows]


def at_size(size: int) -> Cosigned:
    """Return the checkpoint of that size; raises NoCheckpoint."""
    row = LogCheckpoint.objects.filter(size=size).prefetch_related("cosignatures__witness").first()
    if row is None:
        raise NoCheckpoint
    return _shown(row)


def consistency(first: int, second: int) -> list[bytes]:
    """Return the proof that the log of *second* leaves begins with that of *first*; raises NoSuchGrowth."""
    size = tiles.size()
    if not 0 < first <= second <= size:
        raise NoSuchGrowth(size=size)
    return consistency_proof(first, second, tiles.Stored())


def receipts(lines: Sequence[int]) -> dict[int, dict[str, Any] | None]:
    """Return history line → its receipt, None for one the latest checkpoint does not hold yet; the caller has checked who asks.

    A receipt is checked without us: ``yijianshi verify receipt FILE``.
    """
    top = LogCheckpoint.objects.order_by("-size").prefetch_related("cosignatures__witness").first()
    if top is None:
        return dict.fromkeys(lines)
    best = _best(top)
    stored, found = tiles.Stored(), {}
    for line, values in history.canonical(lines).items():
        index = tiles.find(line)
        point = best if index is not None and index < best.size else _shown(top)
        found[line] = None if index is None or index >= point.size else _receipt(values, index, point, stored)
    return found


def receipt(line: int) -> dict[str, Any]:
    """Return the receipt of one history line; raises NotOnLog."""
    found = receipts([line]).get(line)
    if found is None:
        raise NotOnLog
    return found


def trust() -> dict[str, Any]:
    """Return the public keys a receipt is checked with: the log's, with those before, and the witnesses'; see kernel receipts.

    The log is known by the name it has now, and by those of its first and its latest checkpoint: an address may change.
    """
    keys = [key.public.hex() for key in signing.list_keys(PURPOSE)]
    ends = (LogCheckpoint.objects.order_by(order).first() for order in ("size", "-size"))
    names = sorted({point_of(row).origin for row in ends if row})
    return {"log": dict.fromkeys(names, keys), "witnesses": {one.name: one.public.hex() for one in list_witnesses()}}


def count_waiting() -> int:
    """Return how many lines of the history are not on the log yet."""
    return LogQueue.objects.count()


def list_witnesses() -> list[Witness]:
    """Return who co-signs or once did."""
    rows = LogWitness.objects.order_by("since", "name")
    return [Witness(row.name, Text(**row.title), bytes(row.public), row.since, row.until) for row in rows]


def point_of(row: LogCheckpoint) -> Checkpoint:
    """Return the checkpoint of a row; the name of the log is the one it was signed under."""
    return Checkpoint(row.signature.removeprefix("— ").rpartition(" ")[0], row.size, bytes(row.root))


def note_of(row: LogCheckpoint) -> str:
    """Return the signed note of a row."""
    lines = (row.signature, *(one.line for one in _signatures(row)))
    return f"{point_of(row).text.decode()}\n" + "".join(f"{line}\n" for line in lines)


def _best(top: LogCheckpoint) -> Cosigned:
    """Return the latest checkpoint that somebody co-signed, or the latest of all where nobody ever did."""
    row = (
        LogCheckpoint.objects.filter(cosignatures__isnull=False)
        .order_by("-size")
        .prefetch_related("cosignatures__witness")
        .first()
    )
    return _shown(row or top)


def _shown(row: LogCheckpoint) -> Cosigned:
    seen = tuple((Text(**one.witness.title), one.seen_at) for one in _signatures(row))
    return Cosigned(row.size, bytes(row.root), row.at, note_of(row), seen)


def _signatures(row: LogCheckpoint) -> list[LogCosignature]:
    return sorted(row.cosignatures.all(), key=lambda one: one.witness_id)


def _receipt(values: Sequence[tuple[str, str]], index: int, point: Cosigned, stored: tiles.Stored) -> dict[str, Any]:
    proof = inclusion_proof(index, point.size, stored)
    return {
        "kind": receipts_of.KIND,
        "entry": [list(pair) for pair in values],
        "index": index,
        "proof": [b64encode(one).decode() for one in proof],
        "checkpoint": point.note,
    }
