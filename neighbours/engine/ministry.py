"""How a ministry's system talks: one address, service codes, its own names and status codes; it calls nobody.

It keeps a log of each case that its own steps stand in, too; who asks gets the whole log, with what is new marked.
"""

import sqlite3
import time
from typing import TYPE_CHECKING, Any

from neighbours.engine import cases, messages
from neighbours.engine.messages import Unreadable

if TYPE_CHECKING:
    from neighbours.engine.running import Running

ERRANDS = {"1": "case.handed_over", "2": "case.corrected", "3": "case.withdrawn"}
CODES = {
    "case.correction_requested": "15",
    "case.accepted": "20",
    "case.not_accepted": "21",
    "case.suspended": "25",
    "case.resumed": "26",
    "case.approved": "30",
    "case.refused": "31",
    "case.delivered": "40",
}
INNER = "22"  # handed on inside the ministry: a step of its own after acceptance
STANDING = {
    cases.RECEIVED: "10",
    cases.CORRECTING: "15",
    cases.ACCEPTED: "20",
    cases.DECIDED: "30",
    cases.DELIVERED: "40",
    cases.NOT_ACCEPTED: "21",
    cases.REFUSED: "31",
    cases.WITHDRAWN: "90",
}
STATES = {**{code: kind for kind, code in CODES.items()}, INNER: "", "10": "", "90": "case.withdrawn"}
_NAMES = {
    "SQBH": "application",
    "SXBM": "item",
    "SXMC": "item_name",
    "BMXYDM": "organisation",
    "XZQH": "region",
    "SQR": "applicant",
    "SJRQ": "received_on",
    "BLQX": "act_by",
    "BDXX": "facts",
    "CLXX": "materials",
    "YY": "reason",
    "ZT": "state",
}
_STEP = 10  # the log numbers by tens, so that inner steps find a place


def answer(running: "Running", content: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one request at the gateway; what is wrong with it is told by a code, not by HTTP."""
    from neighbours.engine import answers

    inside = content.get("SJ")
    try:
        if not isinstance(inside, dict):
            raise Unreadable("要 SJ。 SJ is wanted.")
        return {"FHM": "0000", "SJ": _serve(running, str(content.get("FWBM")), inside)}
    except (Unreadable, LookupError) as error:
        found = answers.problem(error)
        if found is None:
            raise
        return {"FHM": f"4{found[0]}", "FHXX": found[1]["message"]}


def _serve(running: "Running", service: str, inside: dict[str, Any]) -> dict[str, Any]:
    from neighbours.engine import answers

    store, system = running.store, running.system
    match service:
        case "SL01":
            return _take(running, inside)
        case "ZT01":
            return {"RZ": _logs(running, answers.most_in({"most": inside.get("ZDS")}))}
        case "QR01":
            return _confirm(running, inside)
        case "DZ01":
            told = answers.threads(store, {"about": inside.get("YWLSH")})["threads"]
            names = (("YWLSH", "about"), ("JSXH", "received"), ("FSXH", "sent"))
            return {"DZ": [{**{own: one[name] for own, name in names}, "ZTDM": STANDING.get(one["state"], "10")} for one in told]}
        case "CF01":
            return answers.resend(store, {"about": inside.get("YWLSH"), "after": inside.get("XH")})
        case "CX01" | "JC01":
            asked = inside.get("TJ")
            act = answers.read if service == "CX01" else answers.correct
            return act(store, system, str(inside.get("DJB")), asked if isinstance(asked, dict) else {})
        case "DM01":
            return {"DMB": sorted(STATES)}
    raise answers.UnknownOperation(f"没有服务 {service}。 There is no service {service}.")


def _take(running: "Running", inside: dict[str, Any]) -> dict[str, Any]:
    from neighbours.engine import answers

    listed = inside.get("YWLB")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Unreadable("YWLB 要是列表。 YWLB is a list.")
    batch = {"messages": [_message(one) for one in listed]}
    told = answers.take_messages(running.store, running.system, batch, due=running.due)
    abouts = {one["BWBS"]: one["YWLSH"] for one in listed}
    taken = [{"BWBS": one, "JG": "1", "SLBH": _receipt(running, abouts[one])} for one in told["taken"]]
    return {"HZ": taken + [{"BWBS": one["id"], "JG": "0", "YYDM": one["code"], "YY": one["message"]} for one in told["refused"]]}


def _message(one: dict[str, Any]) -> dict[str, Any]:
    body = one.get("NR")
    inner = {_NAMES.get(name, name): value for name, value in body.items()} if isinstance(body, dict) else None
    kind = ERRANDS.get(str(one.get("YWLX")), "unknown")
    own = {"id": one.get("BWBS"), "about": one.get("YWLSH"), "sequence": one.get("XH"), "at": one.get("FSSJ")}
    return {**own, "kind": kind, "body": inner}


def _receipt(running: "Running", about: str) -> str:
    (row,) = running.store.rows("SELECT rowid AS n FROM _thread WHERE about = ?", about)
    return f"QG{row['n']:010d}"


def _logs(running: "Running", most: int) -> list[dict[str, Any]]:
    waiting = running.to_say(most)  # once, twice or mixed up, as it behaves
    marked = {one["id"] for one in waiting}
    found, abouts = [], [one["about"] for one in waiting]
    for about in abouts if running.behaviour.kind == "duplicate" else dict.fromkeys(abouts):
        rows = running.store.rows("SELECT * FROM _outgoing WHERE about = ? ORDER BY sequence", about)
        log = [step for row in rows for step in _steps(row, marked)]
        mixed = running.behaviour.shuffled(log) if running.behaviour.kind == "reorder" else log
        found.append({"SLBH": _receipt(running, about), "YWLSH": about, "LS": mixed})
    return found


def _steps(row: sqlite3.Row, marked: set[str]) -> list[dict[str, Any]]:
    told = messages.of_row(row)
    own = {"XH": told.sequence * _STEP, "ZTDM": CODES[told.kind], "SJ": told.at, "NR": told.body}
    step = {**own, "DQ": "1" if told.id in marked else "0"}
    inner = {"XH": told.sequence * _STEP + 5, "ZTDM": INNER, "SJ": told.at, "NR": {}, "DQ": "0"}
    return [step, inner] if told.kind == "case.accepted" else [step]


def _confirm(running: "Running", inside: dict[str, Any]) -> dict[str, Any]:
    listed = inside.get("QRLB")
    if not isinstance(listed, list) or not all(isinstance(one, dict) and isinstance(one.get("XH"), int) for one in listed):
        raise Unreadable("QRLB 要是受理编号和序号的列表。 QRLB is a list of receipt numbers and steps.")
    receipts = {f"QG{row['n']:010d}": row["about"] for row in running.store.rows("SELECT rowid AS n, about FROM _thread")}
    with running.store.writing() as db:
        for one in listed:
            db.execute(
                "UPDATE _outgoing SET state = 'TAKEN', error = '' WHERE about = ? AND sequence = ? AND again_at <= ?",
                (receipts.get(str(one.get("SLBH"))), one["XH"] // _STEP, time.time()),
            )
    return {"QRS": len(listed)}
