"""Take what the house says: each message once, in the order of its thread; what comes early waits."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from neighbours.engine import cases, messages
from neighbours.engine.declaring import System
from neighbours.engine.messages import Message

KNOWN = ("case.handed_over", "case.corrected", "case.withdrawn")
REPORTS = ("report.state", "report.result")


def take(db: sqlite3.Connection, system: System, batch: Sequence[Message], *, due: float) -> dict[str, Any]:
    """Keep and apply *batch*; a case that moves is next looked at when *due*. Returns the answer the protocol wants."""
    taken, refused = [], []
    for message in batch:
        wrong = _objection(db, system, message)
        if wrong:
            refused.append({"id": message.id, "code": wrong[0], "message": wrong[1]})
        else:
            _keep(db, message)
            _apply_ready(db, system, message.about, due)
            taken.append(message.id)
    return {"taken": taken, "refused": refused}


def _objection(db: sqlite3.Connection, system: System, message: Message) -> tuple[str, str] | None:
    if message.kind not in (REPORTS if system.hear else KNOWN):
        return "UNKNOWN_KIND", f"不认识的消息：{message.kind}。 This kind of message is unknown here."
    if message.kind in REPORTS and not _is_whole(message.body.get("report"), system):
        return "UNREADABLE", "报告里没有办件编号或时间。 The report lacks the case's number or the moment."
    if message.kind == "case.handed_over" and system.business(str(message.body.get("item"))) is None:
        return "NOT_OURS", f"本系统不办理事项 {message.body.get('item')}。 This item is not handled here."
    other = db.execute("SELECT id FROM _received WHERE about = ? AND sequence = ?", (message.about, message.sequence)).fetchone()
    if other and other["id"] != message.id:
        return "SEQUENCE_TAKEN", "这个序号已是另一条消息。 Another message already has this number."
    return None


def _is_whole(report: Any, system: System) -> bool:
    return isinstance(report, dict) and all(isinstance(report.get(name), str) for name in system.report_needs)


def _keep(db: sqlite3.Connection, message: Message) -> None:
    db.execute(
        "INSERT OR IGNORE INTO _received (id, about, sequence, kind, at, body) VALUES (?, ?, ?, ?, ?, ?)",
        (message.id, message.about, message.sequence, message.kind, message.at, json.dumps(message.body, ensure_ascii=False)),
    )
    db.execute("INSERT OR IGNORE INTO _thread (about) VALUES (?)", (message.about,))


def _apply_ready(db: sqlite3.Connection, system: System, about: str, due: float) -> None:
    """Apply, in order, everything that no longer has a hole before it."""
    reached = db.execute("SELECT received FROM _thread WHERE about = ?", (about,)).fetchone()["received"]
    for row in db.execute(
        "SELECT * FROM _received WHERE about = ? AND sequence > ? ORDER BY sequence", (about, reached)
    ).fetchall():
        if row["sequence"] != reached + 1:
            return
        reached += 1
        cases.hear(db, system, messages.of_row(row), due=due)
        db.execute("UPDATE _received SET applied = 1 WHERE id = ?", (row["id"],))
        db.execute("UPDATE _thread SET received = ? WHERE about = ?", (reached, about))
