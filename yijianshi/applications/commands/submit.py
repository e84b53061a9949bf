"""Submission: one atomic, idempotent act for one application or many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.commands.draft import DraftChangedElsewhere
from yijianshi.applications.commands.owing import write_debts
from yijianshi.applications.commands.tables import APPLICATIONS, KEEP_FILES, MATERIALS, SUBMITTED_COLUMNS
from yijianshi.applications.events import ApplicationForwarded, ApplicationSubmitted
from yijianshi.applications.models import Application
from yijianshi.applications.queries import logged, parties, signing
from yijianshi.applications.queries.access import lock_owned
from yijianshi.applications.queries.drafts import Worked, work_out
from yijianshi.applications.queries.offers import gather
from yijianshi.applications.queries.reads import register_offers
from yijianshi.applications.queries.stored_facts import pack
from yijianshi.applications.queries.terms import fee_record
from yijianshi.applications.queries.views import SHOWN, draft_materials
from yijianshi.catalogue.logic import windows
from yijianshi.catalogue.logic.checking import FactProblem
from yijianshi.catalogue.logic.elsewhere import code_there, peer_of
from yijianshi.catalogue.logic.plan import ItemStatus, MaterialStatus, Offer, PlannedItem, PlannedMaterial, Route
from yijianshi.certificates import commands as certificates
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import batch, clock, events, history, idempotency, serials
from yijianshi.foundation.batch import Batch, writing
from yijianshi.foundation.ids import new_id
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid
from yijianshi.kernel.identifiers import case_number

_HANDED_IN = """
SELECT application_id, code, files, NULL::timestamptz FROM applications_material WHERE application_id = ANY(%s::uuid[])
UNION ALL SELECT application_id, code, NULL::jsonb, agreed_at FROM applications_letter WHERE application_id = ANY(%s::uuid[])
"""


class NotDeclared(Invalid):
    """提交前请勾选声明：您填的内容属实，您同意按所列用途使用您的信息。

    Before submitting, please tick the declaration that the content is true and may be used for the purposes shown.
    """


class NotReady(Invalid):
    """还有 {count} 处需要补充或修改，改好后就可以提交。您填过的内容都已保存。

    {count} points still need to be completed or changed before you can submit. Everything you entered is saved.
    """

    def __init__(self, problems: Sequence[FactProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems), field=self.problems[0].name if self.problems else None)


class NotEligibleYet(Conflict):
    """现在还不能申请“{item}”。{why}您填过的内容都已保存。

    '{item}' cannot be applied for yet. {why} Everything you entered is saved.
    """


class HandledSingly(Invalid):
    """按您的情况，这些事项要分开办理，办得成，只是不能合在一份申请里。请回到办理方案，逐项开始。

    In your situation these items are handled one by one. They can be done, only not in one application. Please go back to the
    overview and start them there.
    """


class MayNotSubmit(Forbidden):
    """您得到的授权只能代填，不能代为提交。请让委托人自己提交。

    Your mandate lets you fill in, not submit. Please let the person you act for submit.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One application to submit; *revision* is the one the applicant checked, *declaration* the ticked box."""

    application_id: UUID
    idempotency_key: str
    declaration: bool
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of submission."""

    application_id: UUID
    number: str
    submitted_at: datetime


def submit(submissions: Sequence[Submission], *, by: Actor, at: datetime) -> list[Receipt]:
    """Submit these applications, all or none, each at most once however often it arrives; receipts in the given order.

    Raises NotReady with every open point, NotDeclared, HandledSingly, NotEligibleYet, OutsideWindow,
    DraftChangedElsewhere, IdempotencyKeyReused.
    """
    if by.principal and not by.principal.may_submit:
        raise MayNotSubmit()
    claims = _claims(submissions)
    with writing() as writes:
        replays = idempotency.claim(claims, by.key, at)
        receipts = {UUID(done.response["application_id"]): _receipt(done.response) for done in replays.values() if done.response}
        fresh = [one for one in submissions if one.idempotency_key not in replays]
        if fresh:
            receipts |= {receipt.application_id: receipt for receipt in _submit_fresh(fresh, by, at, writes)}
    return [receipts[one.application_id] for one in submissions]


def _submit_fresh(fresh: Sequence[Submission], by: Actor, at: datetime, writes: Batch) -> list[Receipt]:
    rows = {row.id: row for row in lock_owned([one.application_id for one in fresh], by=by)}
    before = [rows[one.application_id] for one in fresh if rows[one.application_id].state == Application.State.SUBMITTED]
    drafts = _once_each(one for one in fresh if rows[one.application_id].state == Application.State.DRAFT)
    ready = _checked(drafts, rows, by, at)
    receipts = [Receipt(row.id, str(row.number), row.submitted_at or at) for row in before]
    for worked, serial in zip(ready, serials.take(len(ready)), strict=True):
        receipts.append(_write_one(worked, serial, writes, by, at))
    answers = {receipt.application_id: _answer(receipt) for receipt in receipts}
    idempotency.remember_in(writes, by.key, [(one.idempotency_key, answers[one.application_id]) for one in fresh])
    events.add(writes, [_news(worked.application) for worked in ready])
    return receipts


def _news(row: Application) -> ApplicationSubmitted | ApplicationForwarded:
    return (ApplicationForwarded if peer_of(row.thing_code) else ApplicationSubmitted)(str(row.id))


def _once_each(drafts: Iterable[Submission]) -> list[Submission]:
    """Return the submissions without those that name an application a second time; they get the same receipt."""
    return list({one.application_id: one for one in drafts}.values())


def _checked(drafts: Sequence[Submission], rows: Mapping[UUID, Application], by: Actor, at: datetime) -> list[Worked]:
    uploads, letters = _handed_in([one.application_id for one in drafts])
    offers: dict[str, list[Offer]] = {}
    ready = []
    reads = sharing.list_reads([one.application_id for one in drafts]) if sharing.are_offered() else {}
    for one in drafts:
        row = rows[one.application_id]
        if not one.declaration:
            raise NotDeclared(field="declaration")
        if one.revision is not None and one.revision != row.revision:
            raise DraftChangedElsewhere()
        if row.thing_code not in offers:
            offers[row.thing_code] = gather(purpose=row.thing_code, by=by, at=at)
        known = offers[row.thing_code]
        worked = work_out(row, offers=[*known, *register_offers(reads.get(row.id, ()), known)], at=at)
        _must_be_open(worked)
        _must_be_ready(worked, uploads.get(row.id, {}), letters.get(row.id, {}))
        ready.append(worked)
    return ready


def _must_be_open(worked: Worked) -> None:
    later = [one for one in worked.plan.items if one.status is ItemStatus.LATER]
    if later and not worked.plan.included():
        raise NotEligibleYet(why=later[0].reason, item=later[0].name)
    if worked.plan.route is not Route.SINGLE and not worked.intake.is_open:
        raise windows.OutsideWindow(text=worked.intake.text)


def _must_be_ready(worked: Worked, uploads: Mapping[str, Any], letters: Mapping[str, datetime]) -> None:
    if worked.plan.route is Route.SINGLE:
        raise HandledSingly()
    missing = [
        FactProblem(one.planned.code, one.problem) for one in draft_materials(worked.plan, uploads, letters) if one.problem
    ]
    filled = parties.Filled(worked.application, worked.thing, worked.plan, worked.facts)
    missing += [
        FactProblem(f"party.{one.party.entity}", one.problem) for one in parties.states_of(filled, uploads) if one.problem
    ]
    if unsigned := signing.problem_of(filled):
        missing.append(FactProblem("signature", unsigned))
    if worked.problems or missing or not worked.plan.included():
        raise NotReady([*worked.problems, *missing])


def _handed_in(ids: Sequence[UUID]) -> tuple[dict[UUID, dict[str, Any]], dict[UUID, dict[str, datetime]]]:
    uploads: dict[UUID, dict[str, Any]] = {}
    letters: dict[UUID, dict[str, datetime]] = {}
    for application_id, code, files, agreed_at in batch.select(_HANDED_IN, [list(ids)] * 2):
        if agreed_at is None:
            uploads.setdefault(application_id, {})[code] = files
        else:
            letters.setdefault(application_id, {})[code] = agreed_at
    return uploads, letters


def _write_one(worked: Worked, serial: int, writes: Batch, by: Actor, at: datetime) -> Receipt:
    row = worked.application
    number = case_number.compose(_receiving_region(row, by), clock.today(at), serial)
    in_force = {one.name for one in worked.plan.fields if one.status in SHOWN}
    # What was typed and is no longer asked, no department needs: it does not go with the submission (PIPL art. 6).
    answered = {name: value for name, value in row.facts.items() if name in worked.thing.questions_by_fact}
    facts = answered | pack(worked.thing, {name: worked.facts[name] for name in in_force if name in worked.facts})
    resolved = [_resolved(one, worked) for one in worked.plan.items if one.status is ItemStatus.INCLUDED]
    values = {
        "number": number,
        "state": Application.State.SUBMITTED,
        "facts": facts,
        "resolved": resolved,
        "updated_at": at,
        "submitted_at": at,
        "expires_on": None,
    }
    writes.update(APPLICATIONS, SUBMITTED_COLUMNS, [(row.id, *(values[name] for name in SUBMITTED_COLUMNS))])
    _write_materials(worked, writes, by, at)
    write_debts(worked, resolved, at)
    history.add(writes, [_entry(row, number, worked, facts, by, at)])
    return Receipt(row.id, number, at)


def _receiving_region(row: Application, by: Actor) -> str:
    """Return where it is received: what goes to another region gets a number of the place that takes it in."""
    return by.region or row.region if peer_of(row.thing_code) else row.region


def _resolved(item: PlannedItem, worked: Worked) -> dict[str, Any]:
    region = str(worked.facts.get(item.region_fact or "") or worked.application.region)
    fees = [fee_record(fee) for fee in worked.plan.fees if fee.item == item.code]
    organisation_id = None  # which office it is elsewhere, that region knows
    if not peer_of(worked.thing.code):
        organisation_id = str(identity.competent_organisation(item.department_kind, region, field=item.region_fact).id)
    return {
        "code": item.code,
        "organisation_id": organisation_id,
        "region": region,
        "waits_for": list(item.waits_for),
        "order_only": list(item.order_only),
        "fee": fees[0] if fees else None,
    }


def _write_materials(worked: Worked, writes: Batch, by: Actor, at: datetime) -> None:
    needed = [one for one in worked.plan.materials if one.status is not MaterialStatus.NOT_NEEDED]
    if not needed:
        return
    rows: list[tuple[Any, ...]] = [
        (new_id(), worked.application.id, one.code, one.satisfier or one.status, [], _evidence(one), at) for one in needed
    ]
    writes.insert(MATERIALS, rows, KEEP_FILES)
    uses = [
        certificates.Use(certificate_id=UUID(ref), application_id=worked.application.id, item_codes=one.needed_by)
        for one in needed
        if one.satisfier == "E_CERTIFICATE"
        for ref in one.refs
    ]
    certificates.use(uses, purpose=code_there(worked.thing.code), by=by, at=at, batch=writes)


def _evidence(material: PlannedMaterial) -> dict[str, Any]:
    """Return why nothing has to be handed in, or what was: the archive keeps this row, not only the flag (handbook 1.2)."""
    return {
        "refs": list(material.refs),
        "from_item": material.from_item,
        "letter": material.letter,
        "needed_by": list(material.needed_by),
        "reason": material.reason.to_json(),
    }


def _entry(row: Application, number: str, worked: Worked, facts: Mapping[str, Any], by: Actor, at: datetime) -> history.Entry:
    return history.Entry(
        subject_kind="application",
        subject_id=row.id,
        application_id=row.id,
        action="submit",
        actor=by.to_record(),
        at=at,
        from_state=Application.State.DRAFT,
        to_state=Application.State.SUBMITTED,
        document_no=number,
        payload={
            "thing": worked.thing.code,
            "sha": worked.thing.base.sha,
            "items": list(worked.plan.included()),
            logged.ANSWERS: logged.digest(facts),
        },
    )


def _claims(submissions: Sequence[Submission]) -> dict[str, bytes]:
    claims: dict[str, bytes] = {}
    for one in submissions:
        if claims.setdefault(one.idempotency_key, _content(one)) != _content(one):
            raise idempotency.IdempotencyKeyReused
    return claims


def _content(one: Submission) -> bytes:
    return idempotency.content_hash(
        {"application": str(one.application_id), "revision": one.revision, "declaration": one.declaration}
    )


def _answer(receipt: Receipt) -> dict[str, Any]:
    return {
        "application_id": str(receipt.application_id),
        "number": receipt.number,
        "submitted_at": receipt.submitted_at.isoformat(),
    }


def _receipt(answer: Mapping[str, Any]) -> Receipt:
    return Receipt(UUID(answer["application_id"]), answer["number"], datetime.fromisoformat(answer["submitted_at"]))
