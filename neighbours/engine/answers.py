"""What a system answers to the house's requests, whichever way they come."""

import json
import sqlite3
import time
from typing import TYPE_CHECKING, Any, TypeGuard

from neighbours.engine import inbox, messages, ministry, outgoing
from neighbours.engine.declaring import Register, System
from neighbours.engine.messages import Unreadable
from neighbours.engine.signing import BadSignature
from neighbours.engine.store import RowsDesk, Store

if TYPE_CHECKING:
    from neighbours.engine.running import Running

_LONGEST_TEXT = 500


class UnknownOperation(LookupError):
    """There is no such operation here."""


class UnknownRegister(LookupError):
    """There is no register of that name."""


def perform(running: "Running", path: str, content: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one request, whichever way it came; raises Unreadable, UnknownRegister, UnknownOperation."""
    if running.system.transport != "vertical":
        return _by_protocol(running, path, content)
    if path.strip("/") != "gateway":
        raise UnknownOperation(f"没有 {path} 这个地址。 There is no address {path}.")
    return ministry.answer(running, content)


def _by_protocol(running: "Running", path: str, content: dict[str, Any]) -> dict[str, Any]:
    store, system = running.store, running.system
    match path.strip("/").split("/"):
        case ["messages"]:
            return take_messages(store, system, content, due=running.due)
        case ["threads"]:
            return threads(store, content)
        case ["resend"]:
            return resend(store, content)
        case ["registers", code, "read"]:
            return read(store, system, code, content)
        case ["registers", code, "corrections"]:
            return correct(store, system, code, content)
        case ["collect"] if system.transport == "http_poll":
            return {"messages": running.to_say(most_in(content))}
        case ["confirm"] if system.transport in ("http_poll", "mqtt_queue"):
            return confirm(store, content)
    raise UnknownOperation(f"没有 {path} 这个操作。 There is no operation {path}.")


def problem(error: Exception) -> tuple[int, dict[str, str]] | None:
    """Return status and words for an error that is the asker's; None for one that is ours."""
    kinds = ((BadSignature, 401), (Unreadable, 400), (UnknownRegister, 404), (UnknownOperation, 404))
    status = next((status for kind, status in kinds if isinstance(error, kind)), None)
    return (status, {"code": type(error).__name__, "message": str(error)}) if status else None


def take_messages(store: Store, system: System, content: dict[str, Any], *, due: float) -> dict[str, Any]:
    """Take a batch and return which were taken, which refused."""
    batch = messages.batch_in(content)
    with store.writing() as db:
        return inbox.take(db, system, batch, due=due)


def threads(store: Store, content: dict[str, Any]) -> dict[str, Any]:
    """Say where each thread stands, leaving out those never heard of."""
    found = []
    for about in messages.abouts_in(content):
        for row in store.rows("SELECT * FROM _thread WHERE about = ?", about):
            found.append({"about": about, "received": row["received"], "sent": row["sent"], "state": row["state"]})
    return {"threads": found}


def resend(store: Store, content: dict[str, Any]) -> dict[str, Any]:
    """Put what comes after a number of a thread back into the outbox."""
    about, after = content.get("about"), content.get("after")
    if not isinstance(about, str) or not isinstance(after, int) or isinstance(after, bool) or after < 0:
        raise Unreadable("要 about（编号）和 after（整数）。 about (a number) and after (a whole number) are wanted.")
    with store.writing() as db:
        return {"again": outgoing.again(db, about, after)}


def read(store: Store, system: System, code: str, content: dict[str, Any]) -> dict[str, Any]:
    """Answer one question to a register: only the fields asked for; every question is kept."""
    register = _register(system, code)
    request, subject, fields = content.get("request"), content.get("subject"), content.get("fields")
    if not isinstance(request, str) or not isinstance(subject, dict) or not _texts(fields):
        raise Unreadable("要 request、subject 和 fields。 request, subject and fields are wanted.")
    with store.writing() as db:
        row = RowsDesk(db).find(register.table, **{register.key: str(subject.get("id_number", ""))})
        named = str(subject.get("name") or "")
        if row and register.name and named and row[register.name] != named:
            row = None
        _note_read(db, code, content, found=row is not None)
    if row is None:
        return {"request": request, "found": False}
    known = {one: row[one] for one in fields if one in row}  # what the register does not keep is left out
    return {"request": request, "found": True, "as_of": messages.now_text(), "fields": known}


def correct(store: Store, system: System, code: str, content: dict[str, Any]) -> dict[str, Any]:
    """Keep what somebody says is wrong in a register; a clerk of the register looks at it."""
    _register(system, code)
    values = [content.get(name) for name in ("request", "field", "said", "claimed", "reason")]
    if not _texts(values):
        raise Unreadable("要 request、field、said、claimed、reason。 request, field, said, claimed and reason are wanted.")
    with store.writing() as db:
        row = (values[0], code, *(str(one)[:_LONGEST_TEXT] for one in values[1:]), messages.now_text())
        db.execute("INSERT OR IGNORE INTO _claim VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return {"taken": True}


def _register(system: System, code: str) -> Register:
    found = next((one for one in system.registers if one.code == code), None)
    if found is None:
        raise UnknownRegister(f"没有登记簿 {code}。 There is no register {code}.")
    return found


def _texts(found: Any) -> TypeGuard[list[str]]:
    return isinstance(found, list) and len(found) <= 200 and all(isinstance(one, str) for one in found)


def _note_read(db: sqlite3.Connection, code: str, content: dict[str, Any], *, found: bool) -> None:
    subject, fields = content["subject"], json.dumps(content["fields"])
    texts = (str(content.get(name) or "")[:_LONGEST_TEXT] for name in ("purpose", "authorisation"))
    row = (content["request"], code, str(subject.get("id_number", "")), *texts, fields, int(found), messages.now_text())
    db.execute("INSERT OR IGNORE INTO _read VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def most_in(content: dict[str, Any]) -> int:
    """Return how many messages the house wants at most; raises Unreadable."""
    most = content.get("most")
    if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= messages.MOST:
        raise Unreadable(f"most 要在 1 到 {messages.MOST} 之间。 most goes from 1 to {messages.MOST}.")
    return most


def confirm(store: Store, content: dict[str, Any]) -> dict[str, Any]:
    """The house has these safely."""
    ids = content.get("ids")
    if not _texts(ids):
        raise Unreadable("ids 要是编号的列表。 ids is a list of message ids.")
    with store.writing() as db:
        outgoing.confirm(db, content["ids"], time.time())
    return {"confirmed": len(content["ids"])}
