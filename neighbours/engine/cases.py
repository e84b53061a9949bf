"""The life of a handed-over case: looked at, corrected, accepted, decided, delivered; one step a transaction."""

import json
import sqlite3
import time
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neighbours.engine import messages
from neighbours.engine.declaring import Business, Lack, System
from neighbours.engine.messages import Message
from neighbours.engine.store import CHINA, RowsDesk

RECEIVED, CORRECTING, ACCEPTED, DECIDED, DELIVERED = "RECEIVED", "CORRECTING", "ACCEPTED", "DECIDED", "DELIVERED"
NOT_ACCEPTED, REFUSED, WITHDRAWN, REPORTED = "NOT_ACCEPTED", "REFUSED", "WITHDRAWN", "REPORTED"
WORDS = {
    RECEIVED: ("收到", "received"),
    CORRECTING: ("等补正", "waiting for a correction"),
    ACCEPTED: ("已受理", "accepted"),
    DECIDED: ("已办结，待送达", "decided"),
    DELIVERED: ("已送达", "delivered"),
    NOT_ACCEPTED: ("不予受理", "not accepted"),
    REFUSED: ("不予批准", "refused"),
    WITHDRAWN: ("已撤回", "withdrawn"),
    REPORTED: ("已汇集", "kept"),
}
OPEN = (RECEIVED, ACCEPTED, DECIDED)


def hear(db: sqlite3.Connection, system: System, message: Message, *, due: float) -> None:
    """Apply one message of the house to its case."""
    if system.hear:
        _note(db, system, message)
    elif message.kind == "case.handed_over":
        _open(db, system, message, due)
    elif message.kind == "case.corrected":
        _correct(db, system, message, due)
    elif message.kind == "case.withdrawn":
        _settle(db, system, message.about, WITHDRAWN, due=None)


def _note(db: sqlite3.Connection, system: System, message: Message) -> None:
    report = message.body.get("report")
    if system.hear and isinstance(report, dict):
        system.hear(RowsDesk(db), message.kind, _flat(report))
    db.execute("UPDATE _thread SET state = ?, changed = ? WHERE about = ?", (REPORTED, time.time(), message.about))


@dataclass(frozen=True)
class _Step:
    """One case at one moment, and what a person chose about it."""

    db: sqlite3.Connection
    system: System
    business: Business
    about: str
    row: dict[str, Any]
    hand: str
    due: float

    @property
    def desk(self) -> RowsDesk:
        return RowsDesk(self.db)

    def tell(self, kind: str, body: dict[str, Any], state: str, *, goes_on: bool = False) -> None:
        """Say it and be in that state, in one transaction."""
        say(self.db, self.about, kind, body)
        _settle(self.db, self.system, self.about, state, due=self.due if goes_on else None)


def step(db: sqlite3.Connection, system: System, about: str, *, due: float, hand: str = "") -> None:
    """Move one case on; *hand* is what a person chose: accept, correct, refuse, or nothing for the system's own rules."""
    thread = db.execute("SELECT * FROM _thread WHERE about = ?", (about,)).fetchone()
    business = system.business(thread["item"]) if thread else None
    if business is None or thread["state"] not in OPEN:
        return
    now = _Step(db, system, business, about, _row(db, system, about), hand, due)
    if thread["state"] == RECEIVED:
        _look_at(now)
    elif thread["state"] == ACCEPTED:
        _decide(now)
    else:
        now.tell("case.delivered", {"how": business.delivered}, DELIVERED)


def say(db: sqlite3.Connection, about: str, kind: str, body: dict[str, Any]) -> None:
    """Write one message into the outbox, in the transaction of the step."""
    sequence = db.execute("UPDATE _thread SET sent = sent + 1 WHERE about = ? RETURNING sent", (about,)).fetchone()["sent"]
    db.execute(
        "INSERT INTO _outgoing (id, about, sequence, kind, at, body) VALUES (?, ?, ?, ?, ?, ?)",
        (str(uuid.uuid4()), about, sequence, kind, messages.now_text(), json.dumps(body, ensure_ascii=False)),
    )


def _look_at(now: _Step) -> None:
    lacks, objection = [], ""
    if now.hand == "correct":
        lacks = [Lack("field", _first_field(now), "经办人认为这一项要再核对，请重新填写。")]
    elif now.hand == "refuse":
        objection = "经办人认为不符合受理条件。"
    elif not now.hand:
        lacks = now.business.lacks(now.desk, now.row)
        objection = now.business.objection(now.desk, now.row)
    if lacks:
        entries = [{"kind": one.kind, "name": one.name, "text": one.text} for one in lacks]
        now.tell("case.correction_requested", {"entries": entries}, CORRECTING)
    elif objection:
        now.tell("case.not_accepted", {"reason": objection, "basis": now.business.basis}, NOT_ACCEPTED)
    else:
        now.tell("case.accepted", {}, ACCEPTED, goes_on=True)


def _decide(now: _Step) -> None:
    if now.hand == "refuse":
        body = {"reason": "经办人审查后认为不符合条件。", "basis": now.business.basis}
        now.tell("case.refused", body, REFUSED)
        return
    results = now.business.grant(now.desk, now.row)
    own = now.system.cases
    known = {name: value for name, value in results.items() if name in now.system.case_columns()}
    if known:
        now.desk.change(own.name, {own.number: now.about}, known)
    now.tell("case.approved", {"results": results}, DECIDED, goes_on=True)


def _first_field(now: _Step) -> str:
    """Return a field the house really sent, so that a correction by hand asks for something that exists."""
    return next((one for one in now.system.names.values() if now.row.get(one)), "")


def _open(db: sqlite3.Connection, system: System, message: Message, due: float) -> None:
    own, body = system.cases, message.body
    business = system.business(str(body.get("item")))
    sent = body.get("facts")
    facts = sent if isinstance(sent, dict) else {}
    RowsDesk(db).add(
        own.name,
        {
            **_flat(facts),
            own.number: message.about,
            own.kind: business.kind if business else "",
            own.state: WORDS[RECEIVED][0],
            own.received: f"{datetime.now(CHINA):%Y-%m-%d %H:%M:%S}",
        },
    )
    db.execute(
        "UPDATE _thread SET item = ?, facts = ?, materials = ? WHERE about = ?",
        (str(body.get("item")), _json(facts), _json(body.get("materials") or []), message.about),
    )
    _settle(db, system, message.about, RECEIVED, due=due)


def _correct(db: sqlite3.Connection, system: System, message: Message, due: float) -> None:
    state = db.execute("SELECT state FROM _thread WHERE about = ?", (message.about,)).fetchone()["state"]
    facts = message.body.get("facts")
    columns = system.case_columns()
    if isinstance(facts, dict) and (known := {name: value for name, value in _flat(facts).items() if name in columns}):
        RowsDesk(db).change(system.cases.name, {system.cases.number: message.about}, known)
    if state == CORRECTING:
        _settle(db, system, message.about, RECEIVED, due=due)


def _settle(db: sqlite3.Connection, system: System, about: str, state: str, *, due: float | None) -> None:
    own = system.cases
    db.execute("UPDATE _thread SET state = ?, due = ?, changed = ? WHERE about = ?", (state, due, time.time(), about))
    values: dict[str, Any] = {own.state: WORDS[state][0]}
    if state in (DECIDED, REFUSED, NOT_ACCEPTED):
        values[own.decided] = f"{datetime.now(CHINA):%Y-%m-%d %H:%M:%S}"
    RowsDesk(db).change(own.name, {own.number: about}, values)


def _row(db: sqlite3.Connection, system: System, about: str) -> dict[str, Any]:
    return dict(RowsDesk(db).find(system.cases.name, **{system.cases.number: about}) or {})


def _flat(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _json(value) if isinstance(value, list | dict) else value for name, value in facts.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
