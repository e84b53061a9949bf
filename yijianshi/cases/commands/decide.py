"""Decisions: approval with results, or refusal with reasons and remedies (行政许可法 arts. 38, 42, 44)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications import commands as applications
from yijianshi.applications.queries.logged import RESULTS, digest
from yijianshi.cases.commands.accept import accepted_on, take_acceptance
from yijianshi.cases.commands.issuing import issue_certificates
from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.commands.notice import refuse_before_its_end
from yijianshi.cases.commands.release import follow_up
from yijianshi.cases.commands.tables import DECISIONS
from yijianshi.cases.events import CaseDecided
from yijianshi.cases.logic.states import State
from yijianshi.cases.queries.items import item_of, own_law, thing_of
from yijianshi.cases.queries.locks import LockedCase, lock_with_siblings
from yijianshi.catalogue.logic.checking import check_value
from yijianshi.catalogue.logic.values import decode_answer, encode
from yijianshi.foundation import calendars
from yijianshi.foundation.batch import writing
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import Environment

DELIVERY_WORKING_DAYS = 10  # 行政许可法 art. 44: deliver within ten days of the decision


class ResultMissing(Invalid):
    """准予前请填写“{label}”。后面的事项要用它。

    Please fill in "{label}" before approving. Later items need it.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval with the result facts the item produces, as typed by the officer; *basis* where it is not the table's own.

    *identifiers*: type → identifier of the certificates a department's own system has issued already.
    """

    case_id: UUID
    results: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    basis: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal; the applicant reads *reason* and *basis* word for word, with the item's remedies.

    Without a *basis* it rests on the clause the item itself names.
    """

    case_id: UUID
    reason: str
    basis: str = ""


def approve(approvals: Sequence[Approval], *, by: Actor, at: datetime) -> None:
    """Approve these cases: results and certificates exist at once, and the cases that waited for them begin.

    A case only just received is accepted by the same act (当场受理、当场决定). Raises NoticeStillRuns, ResultMissing, or Invalid
    naming the result that does not fit its dictionary entry.
    """
    with writing() as writes:
        moves = Moves(by, at)
        wanted = [approval.case_id for approval in approvals]
        cases = lock_with_siblings(wanted)
        approved: list[tuple[LockedCase, Mapping[str, Any]]] = []
        env = Environment(moves.today, calendars.national())
        for approval, case in zip(approvals, moves.chosen("approve", cases, wanted), strict=True):
            results = _results(approval, case, env)
            _approve_one(moves, case, approval, results)
            writes.insert(DECISIONS, [_decision_row(case, "APPROVED", approval.note, approval.basis, by, at)])
            approved.append((case, results))
        rows = [(case.application_id, case.id, case.item_code, case.version_id, results) for case, results in approved if results]
        applications.record_results(rows, at=at, batch=writes)
        issued_there = {one.case_id: one.identifiers for one in approvals}
        issue_certificates(approved, issued_there, by=by, at=at, batch=writes)
        follow_up(moves, cases)
        moves.write(writes)


def refuse(refusals: Sequence[Refusal], *, by: Actor, at: datetime) -> None:
    """Refuse these cases with reasons; only the cases that need their results end with them."""
    with writing() as writes:
        moves = Moves(by, at)
        wanted = [refusal.case_id for refusal in refusals]
        cases = lock_with_siblings(wanted)
        for refusal, case in zip(refusals, moves.chosen("refuse", cases, wanted), strict=True):
            basis = refusal.basis.strip() or own_law(case.version_id, case.item_code)
            note = Note(reason=refusal.reason, basis=basis, document_no=document_no(case))
            moves.take(case, "refuse", note, act_by=None)
            moves.tell(CaseDecided(str(case.id), str(case.application_id), "REFUSED"))
            writes.insert(DECISIONS, [_decision_row(case, "REFUSED", refusal.reason, basis, by, at)])
        follow_up(moves, cases)
        moves.write(writes)


def document_no(case: LockedCase) -> str:
    """Return the number of the written decision of *case* (决定文书编号)."""
    return f"{case.number}-JD"


def _approve_one(moves: Moves, case: LockedCase, approval: Approval, results: Mapping[str, Any]) -> None:
    if case.state is State.RECEIVED:
        take_acceptance(moves, case, "accept", accepted_on(case, moves.today))
    if moves.state_of(case) is State.ACCEPTED:
        refuse_before_its_end(moves, case)
    physical = item_of(case.version_id, case.item_code).delivery == "PHYSICAL"
    deliver_by = calendars.national().try_add_working_days(moves.today, DELIVERY_WORKING_DAYS) if physical else None
    moves.take(
        case,
        "approve",
        Note(
            reason=approval.note,
            basis=approval.basis,
            document_no=document_no(case),
            payload={RESULTS: digest({name: encode(value) for name, value in results.items()})} if results else {},
        ),
        physical=physical,
        act_by=deliver_by,
    )
    moves.tell(CaseDecided(str(case.id), str(case.application_id), "APPROVED"))


def _results(approval: Approval, case: LockedCase, env: Environment) -> dict[str, Any]:
    thing = thing_of(case.version_id)
    results = {}
    for name in thing.item(case.item_code).produces.facts:
        raw = approval.results.get(name)
        if raw in (None, ""):
            raise ResultMissing(label=thing.label(name), field=name)
        results[name] = decode_answer(thing, name, raw)
    for name, value in results.items():
        wrong = check_value(thing.element(name), value, results, env)
        if wrong:
            raise Invalid(why=wrong, field=name)
    return results


def _decision_row(case: LockedCase, outcome: str, reason: str, basis: str, by: Actor, at: datetime) -> tuple[Any, ...]:
    return (new_id(), case.id, outcome, reason[:2000], basis[:500], document_no(case), case.organisation_id, by.name, at)
