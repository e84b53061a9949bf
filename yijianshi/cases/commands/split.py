"""Splitting submitted applications into their departments' cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.cases.commands.await_data import owing
from yijianshi.cases.commands.tables import CASES, CLOCK
from yijianshi.cases.events import CaseReceived, HandOverDue, ReportDue
from yijianshi.cases.logic.splitting import ResolvedItem, first_state, resolved_from_json
from yijianshi.cases.logic.states import ACTIONS, State
from yijianshi.cases.queries.items import check_by, legal_basis
from yijianshi.cases.queries.logged import days
from yijianshi.exchange import queries as neighbours
from yijianshi.foundation import batch, clock, events, history
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import SYSTEM, Actor


def split(application_ids: Sequence[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """Make the cases of these submitted applications and return their ids; an application already split is left alone."""
    made: list[UUID] = []
    with batch.writing(savepoint=False) as writes:  # called in the outbox's own transaction, which it fails or succeeds with
        fresh = _not_yet_split(application_ids)
        owed = owing(fresh)
        for submitted in applications.list_submitted(fresh, by=by):
            made += _split_one(submitted, owed.get(submitted.id, frozenset()), at, writes)
    return made


def _not_yet_split(application_ids: Sequence[UUID]) -> list[UUID]:
    rows = batch.select("SELECT DISTINCT application_id FROM cases_case WHERE application_id = ANY(%s)", [list(application_ids)])
    split_before = {row[0] for row in rows}
    return [application_id for application_id in dict.fromkeys(application_ids) if application_id not in split_before]


def _split_one(submitted: applications.Submitted, owed: frozenset[str], at: datetime, writes: batch.Batch) -> list[UUID]:
    items = resolved_from_json(submitted.resolved)
    cases = [
        _case_row(submitted, item, position, first_state(item, item.code in owed), at) for position, item in enumerate(items, 1)
    ]
    received = [row for row in cases if row["received_on"] is not None]
    writes.insert(CASES, [tuple(row[name] for name in CASES.columns) for row in cases])
    writes.insert(CLOCK, [_received_line(row, at) for row in received])
    history.add(writes, [_entry(row, at) for row in cases])
    ready = [row for row in received if row["state"] == State.RECEIVED]
    events.add(writes, [CaseReceived(str(row["id"]), str(submitted.id)) for row in ready])
    outside = [row for row in ready if neighbours.find_serving(row["organisation_id"], row["item_code"])]
    events.add(writes, [HandOverDue(str(row["id"]), str(submitted.id)) for row in outside])
    told = [row for row in cases if neighbours.list_told(row["region"])]
    events.add(writes, [ReportDue(str(row["id"]), str(submitted.id)) for row in told])
    return [row["id"] for row in cases]


def _case_row(submitted: applications.Submitted, item: ResolvedItem, position: int, state: State, at: datetime) -> dict[str, Any]:
    # The day of receipt is the day of submission, even if this worker was down for a while: 行政许可法 art. 32.
    received_on = clock.today(submitted.submitted_at) if state is not State.WAITING_UPSTREAM else None
    return {
        "id": new_id(),
        "number": f"{submitted.number}-{position:02d}",
        "application_id": submitted.id,
        "application_number": submitted.number,
        "version_id": submitted.version_id,
        "thing_code": submitted.thing_code,
        "item_code": item.code,
        "position": position,
        "organisation_id": item.organisation_id,
        "region": item.region,
        "applicant_label": submitted.applicant_label,
        "waits_for": list(item.waits_for),
        "order_only": list(item.order_only),
        "is_open": True,
        "state": state,
        "received_on": received_on,
        "act_by": received_on and check_by(submitted.version_id, item.code, received_on),
        "promised_on": None,
        "legal_due_on": None,
        "notice_until": None,
        "correction_rounds": 0,
        "revision": 1,
        "created_at": at,
        "updated_at": at,
        "ended_at": None,
    }


def _received_line(row: dict[str, Any], at: datetime) -> tuple[Any, ...]:
    return (row["id"], "RECEIVED", row["received_on"], at, None, "", _basis(row), "", SYSTEM.name)


def _entry(row: dict[str, Any], at: datetime) -> history.Entry:
    return history.Entry(
        subject_kind="case",
        subject_id=row["id"],
        application_id=row["application_id"],
        action="split",
        actor=SYSTEM.to_record(),
        at=at,
        from_state="",
        to_state=row["state"],
        basis=_basis(row),
        payload=days(row["received_on"], None, None),
    )


def _basis(row: dict[str, Any]) -> str:
    return legal_basis(ACTIONS["release"], row["version_id"], row["item_code"])
