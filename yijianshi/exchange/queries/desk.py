"""The desk for what is stuck between the house and its neighbours: why, since when, which way. Reads the database only.

Bodies stay sealed: who looks here runs the machinery and needs no personal data.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yijianshi.exchange.queries.neighbours import find_neighbour
from yijianshi.foundation import batch
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

OVERDUE = timedelta(hours=1)  # a message under way for longer is shown, although it is still being tried
MOST = 200
LOOK = frozenset({Role.OPERATOR, Role.SUPERVISOR})
_HELD = Text("前面缺消息，等对方补发", "an earlier message is missing; waiting for the other side to send it again")
_OUT = """
SELECT 'out', id::text, neighbour, kind, about, sequence, created_at, attempts, error, refused FROM exchange_outgoing
WHERE delivered_at IS NULL AND closed_at IS NULL AND (refused <> '' OR created_at < %s) ORDER BY created_at LIMIT %s
"""
_IN = """
SELECT 'in', m.id::text, neighbour, kind, about, sequence, received_at, attempts, error, '' FROM exchange_received m
WHERE applied_at IS NULL AND (error <> '' OR received_at < %s) ORDER BY received_at LIMIT %s
"""


class NotYourDesk(Forbidden):
    """外部往来由系统管理员处理，监督人员可以查看。

    The desk for neighbour systems is the operator's; supervisors may look.
    """


@dataclass(frozen=True, slots=True)
class StuckRow:
    """One message that does not move: its direction, and why."""

    way: str  # out, in
    id: str
    neighbour: str
    neighbour_name: Text
    kind: str
    about: str
    sequence: int
    since: datetime
    attempts: int
    error: Text
    refused: bool


def list_stuck(*, by: Actor, at: datetime) -> list[StuckRow]:
    """Return what is refused, cannot be applied, or has been under way for over an hour, oldest first, both ways."""
    if not (by.is_system or (by.is_staff and by.has_role(*LOOK))):
        raise NotYourDesk
    rows = batch.select(_OUT, [at - OVERDUE, MOST]) + batch.select(_IN, [at - OVERDUE, MOST])
    return [_stuck(row) for row in sorted(rows, key=lambda row: row[6])]


def _stuck(row: tuple[object, ...]) -> StuckRow:
    way, row_id, code, kind, about, sequence, since, attempts, error, refused = row
    card = find_neighbour(str(code))
    return StuckRow(
        way=str(way),
        id=str(row_id),
        neighbour=str(code),
        neighbour_name=card.name if card else Text(str(code), str(code)),
        kind=str(kind),
        about=str(about),
        sequence=int(str(sequence)),
        since=since,  # type: ignore[arg-type]
        attempts=int(str(attempts)),
        error=_words(str(error), str(refused)),
        refused=bool(refused),
    )


def _words(error: str, refused: str) -> Text:
    if not error and not refused:
        return _HELD
    chinese, slash, english = error.partition(" / ")
    told = Text(chinese, english) if slash else Text(error, error)
    return Text(f"对方不收（{refused}）：{told.zh}", f"refused ({refused}): {told.en}") if refused else told
