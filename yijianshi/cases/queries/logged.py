"""What the transparency log holds of cases: where they stand, what was decided, their days, the clock, the archive."""

from datetime import date
from typing import Any

from yijianshi.cases.logic.states import ACTIONS, OPEN
from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

DAYS = ("received_on", "promised_on", "legal_due_on")
_CLOCKED = {code: action.clock for code, action in ACTIONS.items() if action.clock} | {"split": "RECEIVED"}
_DECISION = Text("决定", "decision")
_DECIDED = {"reason": "left(reason, 2000)", "document_no": "document_no", "decided_by": "actor_name", "decided_at": "at"}
_REFUSING = {"refuse": "REFUSED", "not_accept": "NOT_ACCEPTED"}


def days(*values: date | None) -> dict[str, Any]:
    """Return the days of a case, in the order of DAYS, as its history keeps them whenever one of them is set."""
    return {"days": {name: day.isoformat() if day else None for name, day in zip(DAYS, values, strict=True)}}


def _among(values: Any) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


def _decode(pairs: dict[str, str]) -> str:
    return "CASE action " + " ".join(f"WHEN '{code}' THEN '{value}'" for code, value in pairs.items()) + " END"


MIRRORS = (
    Mirror(
        name=Text("办件", "case"),
        table="cases_case",
        kind="case",
        same={"state": "to_state", "is_open": f"to_state IN ({_among(OPEN)})", "application_id": "application_id"},
    ),
    Mirror(
        name=Text("办件", "case"),
        table="cases_case",
        kind="case",
        actions=("split", *ACTIONS),
        same={name: f"(payload->'days'->>'{name}')::date" for name in DAYS},
        lines="payload ? 'days'",
        both_ways=False,
    ),
    Mirror(
        name=_DECISION,
        table="cases_decision",
        kind="case",
        actions=("approve",),
        key={"case_id": "subject_id"},
        same=_DECIDED,
        rows="outcome = 'APPROVED'",
    ),
    Mirror(
        name=_DECISION,
        table="cases_decision",
        kind="case",
        actions=tuple(_REFUSING),
        key={"case_id": "subject_id"},
        same=_DECIDED | {"outcome": _decode(_REFUSING), "basis": "left(basis, 500)"},
        rows="outcome <> 'APPROVED'",
    ),
    Mirror(
        name=Text("办件计时记录", "line of the clock"),
        table="cases_clock_entry",
        kind="case",
        actions=tuple(_CLOCKED),
        key={"case_id": "subject_id", "kind": _decode(_CLOCKED), "at": "at"},
        same={"note": "left(reason, 500)", "basis": "basis", "by": "actor_name"},
        lines="(action <> 'split' OR to_state IN ('RECEIVED', 'AWAITING_DATA'))",
    ),
    Mirror(
        name=Text("归档包", "archive package"),
        table="cases_archive",
        kind="case",
        actions=("archive",),
        key={"case_id": "subject_id"},
        same={"fingerprint": "payload->>'fingerprint'", "retention": "payload->>'retention'", "archived_at": "at"},
    ),
)
