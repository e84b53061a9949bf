"""A department's case page: what the item needs, and nothing more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.applications.queries.display import display
from yijianshi.applications.queries.receipt import HOW
from yijianshi.cases.logic import nature
from yijianshi.cases.logic.clock.entries import REASON_TEXTS, SuspensionReason
from yijianshi.cases.logic.clock.replay import replay
from yijianshi.cases.logic.corrections import Certified
from yijianshi.cases.logic.evidence import in_place_of_paper
from yijianshi.cases.logic.states import ACTIONS, Action, State, Who, allowed
from yijianshi.cases.logic.who import has_desk, who_is_at
from yijianshi.cases.models import Case
from yijianshi.cases.queries.cards import correction_view, decision_view, load, remedies_of
from yijianshi.cases.queries.certified import certified_facts
from yijianshi.cases.queries.desks import seen_by
from yijianshi.cases.queries.handed import certificates_of, source_of
from yijianshi.cases.queries.items import limits_of, thing_of
from yijianshi.cases.queries.locks import NO_CASE
from yijianshi.cases.queries.notices import notice_of
from yijianshi.cases.queries.stations import edges_of, stations_of
from yijianshi.cases.queries.timeline import lines_for_case
from yijianshi.cases.queries.views import CaseView, FactRow, MaterialRow, NoticeView, ResultField
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.planning import item_advice
from yijianshi.catalogue.logic.schema import Item
from yijianshi.certificates import queries as certificates
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import calendars, clock
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text

SIGNED = "SIGNED"  # the code and the way of the document that everybody signed
SIGNED_NAME = Text("各方签过名的文件", "The document everybody signed")
SIGNED_HOW = Text("电子签名", "signed electronically")


def get_case(case_id: UUID, *, by: Actor, at: datetime) -> CaseView:
    """Return one case of the actor's own desk, or of one they supervise; raises NotFound for any other, so that ids tell nothing.

    A supervisor sees time limits and steps, not what the applicant filled in or handed in.
    """
    row, watching = find_case(case_id, by=by)
    thing, loaded, today = thing_of(row.version_id), load(row.application_id), clock.today(at)
    item, state, limits = thing.item(row.item_code), State(row.state), limits_of(row.version_id, row.item_code, row.region)
    facts = applications.facts_for_cases([(row.application_id, row.item_code)])[row.application_id, row.item_code]
    issued = certificates.ids_by_case([row.id])
    notice = notice_of(item, state, loaded.ledgers[row.id], today)
    return CaseView(
        id=row.id,
        number=row.number,
        application_number=row.application_number,
        item_code=row.item_code,
        item_name=thing.item_name(row.item_code, [case.item_code for case in loaded.cases]),
        thing_name=thing.name,
        applicant=row.applicant_label,
        state=state,
        state_text=nature.state_text(state, item.nature),
        allowed=_lawful(state, item, by, row.organisation_id, notice),
        facts=() if watching else _facts(thing, item, facts, certified_facts(loaded.cases), _disputed(row.application_id)),
        materials=() if watching else materials_of_item(thing, item, row.application_id),
        results=()
        if watching
        else tuple(
            ResultField(name, thing.element(name), display(thing.element(name), facts.get(name))) for name in item.produces.facts
        ),
        suspensions=tuple((code, REASON_TEXTS[SuspensionReason(code)]) for code in item.limits.suspensions),
        clock=replay(loaded.ledgers[row.id], limits, calendars.national(), today),
        promised_on=row.promised_on,
        legal_due_on=row.legal_due_on,
        act_by=row.act_by,
        corrections=tuple(correction_view(notice) for notice in loaded.corrections[row.id]),
        decision=decision_view(loaded.decisions.get(row.id), item),
        history=lines_for_case(row.id, item.nature),
        stations=stations_of(loaded, thing, issued, today),
        edges=edges_of(loaded),
        advice=() if watching else item_advice(item, facts, Environment(today, calendars.national())),
        remedies=remedies_of(item),
        is_service=item.nature != nature.AUTHORITY,
        issues=tuple(thing.certificates_by_code[code].name for code in item.produces.certificates),
        extension_working_days=item.limits.extension.working_days if item.limits.extension else 0,
        notice=notice,
        debts=_debts(row),
        watched=identity.get_organisation(row.organisation_id).name if watching else None,
        elsewhere=_elsewhere(row),
    )


def _debts(row: Case) -> tuple[sharing.DebtCard, ...]:
    if State(row.state) is not State.AWAITING_DATA:
        return ()
    return tuple(one for one in sharing.list_debts([row.application_id]).get(row.application_id, []) if one.item == row.item_code)


def _elsewhere(row: Case) -> Text | None:
    """Return the name of the department's own system that has this open case, None when it is handled here."""
    neighbour = neighbours.find_serving(row.organisation_id, row.item_code) if row.is_open else None
    if neighbour is None or not neighbours.list_threads(neighbour.code, [row.number]):
        return None
    return neighbour.name


def _lawful(state: State, item: Item, by: Actor, organisation_id: UUID, notice: NoticeView | None) -> tuple[Action, ...]:
    """Return the actions that the table, the actor's role and the item's own limits allow."""
    never = set() if item.limits.extension else {"extend"}
    never |= set() if item.limits.suspensions else {"suspend"}
    never |= {"approve", "suspend"} if notice is not None and notice.runs else set()
    who = who_is_at(by, organisation_id)
    lawful = tuple(action for action in allowed(state, who) if action.code not in never)
    # An officer may accept and approve a received case by one act (当场受理、当场决定).
    found = (*lawful, ACTIONS["approve"]) if item.timer is None and state is State.RECEIVED and Who.OFFICER in who else lawful
    return tuple(nature.action_for(action, item.nature) for action in found)


def find_case(case_id: UUID, *, by: Actor) -> tuple[Case, bool]:
    """Return the row of one case, and whether the actor only watches it as a supervisor; raises NotFound."""
    row = Case.objects.filter(id=case_id, organisation_id__in=seen_by(by) | seen_by(by, supervised=True)).first()
    if row is None:
        raise NotFound(what=NO_CASE)
    return row, not (has_desk(by) and row.organisation_id == by.organisation_id)


def has_file(case_id: UUID, file_id: UUID, *, by: Actor) -> bool:
    """Say whether *file_id* belongs to a material this case's item needs; raises NotFound off one's own desk."""
    row, watching = find_case(case_id, by=by)
    if watching:
        raise NotFound(what=NO_CASE)
    wanted = {use.material for use in thing_of(row.version_id).item(row.item_code).materials}
    materials = applications.materials_of(row.application_id)
    if any(one["id"] == str(file_id) for material in materials if material.code in wanted for one in material.files):
        return True
    signed = applications.signed_file(row.application_id, row.item_code)
    return signed is not None and signed.id == file_id


def _disputed(application_id: UUID) -> dict[str, sharing.ClaimCard]:
    return {one.fact: one for one in sharing.list_claims(application_id)} if sharing.are_offered() else {}


def _facts(
    thing: CompiledThing,
    item: Item,
    facts: Mapping[str, Any],
    certified: Mapping[str, Certified],
    disputed: Mapping[str, sharing.ClaimCard],
) -> tuple[FactRow, ...]:
    labels = {entity.code: entity.label for entity in thing.whole.entities}
    produced = {name for edge in thing.whole.edges if edge.downstream == item.code for name in edge.facts}
    rows = []
    for need in item.needs:
        element = thing.element(need.fact)
        entity_label = labels.get(element.entity, element.label)
        shown = display(element, facts.get(need.fact))
        if shown is not None or need.when is None:
            own = (need.fact in produced, certified.get(need.fact), disputed.get(need.fact))
            rows.append(FactRow(need.fact, element.label, shown, element.entity, entity_label, *own))
    return tuple(rows)


def materials_of_item(thing: CompiledThing, item: Item, application_id: UUID) -> tuple[MaterialRow, ...]:
    """Return the materials an item needs and how each was met; the caller has checked who asks."""
    wanted = {use.material for use in item.materials}
    all_handed = [one for one in applications.materials_of(application_id) if one.code in wanted]
    kinds = certificates.type_names([ref for one in all_handed for ref in certificates_of(one)])
    rows = []
    for handed in all_handed:
        rows.append(
            MaterialRow(
                code=handed.code,
                name=thing.materials_by_code[handed.code].name,
                satisfier=handed.satisfier,
                how=HOW.get(handed.satisfier, HOW["UPLOAD"]),
                evidence=in_place_of_paper(handed.satisfier, source_of(thing, handed, kinds)),
                files=handed.files,
                certificate_ids=certificates_of(handed),
            )
        )
    return (*rows, *_signed(application_id, item.code))


def _signed(application_id: UUID, item_code: str) -> tuple[MaterialRow, ...]:
    """Return the document that the applicant and the parties signed, where they did."""
    ref = applications.signed_file(application_id, item_code)
    if ref is None:
        return ()
    file = {"id": str(ref.id), "name": ref.name, "size": ref.size, "mime": ref.mime}
    return (MaterialRow(SIGNED, SIGNED_NAME, SIGNED, SIGNED_HOW, None, [file], ()),)
