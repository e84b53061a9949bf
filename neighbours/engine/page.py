"""The page on which a visitor sees the other side: what the system holds, says, and how it behaves."""

from collections.abc import Mapping
from typing import Any

from flask import render_template

from neighbours.engine import cases
from neighbours.engine.behaviour import KINDS, UnknownBehaviour
from neighbours.engine.running import Running

_ROWS = 30


def overview(running: Running) -> str:
    """Return the page."""
    store, system = running.store, running.system
    threads = store.rows("SELECT * FROM _thread ORDER BY changed DESC LIMIT ?", _ROWS)
    return render_template(
        "overview.html",
        system=system,
        behaviour=running.behaviour,
        kinds=KINDS,
        words=cases.WORDS,
        by_hand_states=(cases.RECEIVED, cases.ACCEPTED, cases.DECIDED),
        threads=[(row, _filled(running, row["about"].partition(":")[0])) for row in threads],
        tables=[(table, store.rows(f'SELECT * FROM "{table.name}" LIMIT ?', _ROWS)) for table in system.tables],  # noqa: S608
        sent=store.rows("SELECT * FROM _outgoing ORDER BY n DESC LIMIT ?", _ROWS),
        reads=store.rows("SELECT * FROM _read ORDER BY at DESC LIMIT ?", _ROWS),
        claims=store.rows("SELECT * FROM _claim ORDER BY at DESC LIMIT ?", _ROWS),
    )


def wanted(form: Mapping[str, str]) -> dict[str, Any]:
    """Return what the form on the page asks for; raises UnknownBehaviour."""
    try:
        numbers = {name: float(form[name]) for name in ("seconds", "pace") if form.get(name)}
    except ValueError as error:
        raise UnknownBehaviour("秒数要是数字。 Seconds are a number.") from error
    return {"behaviour": form.get("behaviour", "normal"), "by_hand": "by_hand" in form, **numbers}


def _filled(running: Running, about: str) -> dict[str, Any]:
    own = running.system.cases
    rows = running.store.rows(f'SELECT * FROM "{own.name}" WHERE "{own.number}" = ?', about)  # noqa: S608
    return {name: rows[0][name] for name in rows[0].keys() if rows[0][name] not in (None, "")} if rows else {}  # noqa: SIM118
