"""The whole database against the log: which line was changed, deleted, back-dated or never logged, which root does not fit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from yijianshi.foundation import history
from yijianshi.foundation.models import HistoryRow, LogCheckpoint, LogQueue, LogTile
from yijianshi.foundation.transparency import mirrors, reading, tiles
from yijianshi.kernel.merkle import checkpoints
from yijianshi.kernel.merkle.hashing import SIZE
from yijianshi.kernel.merkle.proofs import root_at
from yijianshi.kernel.merkle.tiles import WIDTH, extend
from yijianshi.kernel.pki import sm2
from yijianshi.kernel.text import Text

LATE = timedelta(hours=1)  # a line may be dated so long before the checkpoint that it comes after
_TOGETHER = 32  # tiles read at a time
_PAGE = 8_192

CHANGED = Text(
    "第 {line} 条历史（日志序号 {index}）的内容与日志不符，被改过",
    "line {line} (leaf {index}) was changed: not what the log holds",
)
DELETED = Text("第 {line} 条历史（日志序号 {index}）被删除", "line {line} (leaf {index}) was deleted")
BACK_DATED = Text(
    "第 {line} 条历史写的时间是 {at}，可是 {seen} 签的检查点里还没有它：时间被提前",
    "line {line} is dated {at}, yet the checkpoint signed {seen} did not hold it: it is back-dated",
)
NEVER_LOGGED = Text("第 {line} 条历史绕过了日志，不是平台写的", "line {line} went round the log: the house did not write it")
BAD_TILE = Text("日志第 {level} 层第 {index} 块被改过", "tile {index} of level {level} of the log was changed")
BAD_ROOT = Text("大小为 {size} 的检查点与日志不符", "the checkpoint of size {size} does not fit the log")
BAD_SIGNATURE = Text(
    "大小为 {size} 的检查点，{name} 的签名不对", "the checkpoint of size {size}: the signature of {name} is wrong"
)
SHRUNK = Text("检查点说日志有 {size} 条，现在只剩 {left} 条", "a checkpoint counts {size} leaves, {left} are left")
SPLIT = Text(
    "别处留存的检查点（大小 {size}）与本日志不符：日志被改写过",
    "a checkpoint kept elsewhere (size {size}) does not fit: the log was rewritten",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the log says."""

    kind: str
    text: Text


@dataclass(slots=True)
class Tally:
    """What was looked at."""

    leaves: int = 0
    checkpoints: int = 0
    cosignatures: int = 0
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)


Check = Callable[[Sequence[history.Stored]], Iterable[tuple[int, Text]]]
_checks: dict[tuple[str, str], Check] = {}


def also(subject_kind: str, action: str, check: Check) -> None:
    """Let a room compare its own rows with what the history says of them, for lines of one kind."""
    _checks[subject_kind, action] = check


def check(kept: Sequence[checkpoints.Signed] = ()) -> Tally:
    """Compare everything with the log, while the house goes on; *kept* are checkpoints that others kept. It only reads."""
    with _one_moment():
        tally = Tally(waiting=reading.count_waiting())
        rows = (("row", text) for text in mirrors.compare())
        for kind, text in (*_lines(tally), *rows, *_unlogged(), *_tiles(), *_checkpoints(tally), *_elsewhere(kept)):
            tally.findings.append(Finding(kind, text))
        return tally


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let all reads see one state of the database: what is written meanwhile must not look like a forgery."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _lines(tally: Tally) -> Iterator[tuple[str, Text]]:
    """Compare each leaf with its history line, and the lines with the rows they speak of."""
    seen = _Seen()
    chosen = LogTile.objects.filter(level=0).order_by("index")
    for group in _groups(chosen.values_list("index", "hashes", "entries").iterator(chunk_size=_TOGETHER)):
        leaves = [
            (index * WIDTH + at, number, bytes(hashes[at * SIZE : (at + 1) * SIZE]))
            for index, hashes, numbers in group
            for at, number in enumerate(tiles.unpack(bytes(numbers)))
        ]
        rows = {row.id: row for row in history.load([number for _, number, _ in leaves])}
        tally.leaves += len(leaves)
        for index, number, kept in leaves:
            row = rows.get(number)
            if row is None:
                yield "deleted", DELETED.format(line=number, index=index)
            elif not history.leaf(row.values) == row.leaf == kept:
                yield "changed", CHANGED.format(line=number, index=index)
            elif before := seen.after(index, row["at"]):
                yield "back-dated", BACK_DATED.format(line=number, at=f"{row['at']:%F %T %Z}", seen=f"{before:%F %T %Z}")
        yield from _rooms(rows.values())


class _Seen:
    """When the log was signed at which size, read forward only."""

    def __init__(self) -> None:
        self._points = list(LogCheckpoint.objects.order_by("size").values_list("size", "at"))
        self._next = 0
        self._at: datetime | None = None

    def after(self, index: int, at: datetime) -> datetime | None:
        """Return when the log was signed without leaf *index*, if that was long after *at*."""
        while self._next < len(self._points) and self._points[self._next][0] <= index:
            self._at = self._points[self._next][1]
            self._next += 1
        return self._at if self._at and at < self._at - LATE else None


def _rooms(rows: Iterable[history.Stored]) -> Iterator[tuple[str, Text]]:
    by_kind: dict[tuple[str, str], list[history.Stored]] = {}
    for row in rows:
        by_kind.setdefault((row["subject_kind"], row["action"]), []).append(row)
    for kind, chosen in by_kind.items():
        if kind in _checks:
            for _, text in _checks[kind](chosen):
                yield "row", text


def _unlogged() -> Iterator[tuple[str, Text]]:
    """Find lines that are neither on the log nor waiting for it."""
    last = 0
    while page := list(HistoryRow.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:_PAGE]):
        near = LogTile.objects.filter(level=0, last__gte=page[0], first__lte=page[-1]).values_list("entries", flat=True)
        known = {number for entries in near for number in tiles.unpack(bytes(entries))}
        known |= set(LogQueue.objects.filter(history_id__range=(page[0], page[-1])).values_list("history_id", flat=True))
        for number in page:
            if number not in known:
                yield "never-logged", NEVER_LOGGED.format(line=number)
        last = page[-1]


def _tiles() -> Iterator[tuple[str, Text]]:
    """Build the upper levels anew from the lowest and compare."""
    edge: dict[int, bytes] = {}
    size, made = 0, {}
    for hashes in (
        LogTile.objects.filter(level=0).order_by("index").values_list("hashes", flat=True).iterator(chunk_size=_TOGETHER)
    ):
        leaves = [bytes(hashes[at : at + SIZE]) for at in range(0, len(hashes), SIZE)]
        for one in extend(size, edge, leaves):
            edge[one.level] = one.hashes if len(one.hashes) < WIDTH * SIZE else b""
            if one.level:
                made[one.level, one.index] = one.hashes
        size += len(leaves)
    stored = {
        (row[0], row[1]): bytes(row[2]) for row in LogTile.objects.filter(level__gt=0).values_list("level", "index", "hashes")
    }
    for level, index in sorted(made.keys() | stored.keys()):
        if made.get((level, index)) != stored.get((level, index)):
            yield "tile", BAD_TILE.format(level=level, index=index)


def _checkpoints(tally: Tally) -> Iterator[tuple[str, Text]]:
    """Compare each signed root with the tiles, and check the signatures under it."""
    size, stored = tiles.size(), tiles.Stored()
    witnesses = {one.name: one.public for one in reading.list_witnesses()}
    for row in LogCheckpoint.objects.order_by("size").prefetch_related("cosignatures").iterator(chunk_size=500):
        tally.checkpoints += 1
        if row.size > size:
            yield "shrunk", SHRUNK.format(size=row.size, left=size)
            continue
        note = reading.note_of(row)
        signed = checkpoints.parse(note, witnesses)
        if root_at(row.size, stored) != signed.checkpoint.root:
            yield "root", BAD_ROOT.format(size=row.size)
        own, *others = signed.signatures
        tally.cosignatures += len(others)
        for one, public in ((own, bytes(row.public)), *((other, witnesses.get(other.name, b"")) for other in others)):
            if not checkpoints.is_signed(signed.checkpoint, one, public, _verifier(public)):
                yield "signature", BAD_SIGNATURE.format(size=row.size, name=one.name)


def _elsewhere(kept: Sequence[checkpoints.Signed]) -> Iterator[tuple[str, Text]]:
    """Compare with checkpoints that somebody else kept: the one thing a rewritten database cannot bring along."""
    size, stored = tiles.size(), tiles.Stored()
    for one in kept:
        if one.checkpoint.size > size:
            yield "shrunk", SHRUNK.format(size=one.checkpoint.size, left=size)
        elif root_at(one.checkpoint.size, stored) != one.checkpoint.root:
            yield "split", SPLIT.format(size=one.checkpoint.size)


def _groups(rows: Iterable[Any]) -> Iterator[list[Any]]:
    group: list[Any] = []
    for row in rows:
        group.append(row)
        if len(group) == _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _verifier(public: bytes) -> checkpoints.Verify:
    return lambda text, made: sm2.verify(public, text, made)
