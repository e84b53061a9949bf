"""Parties of a draft: what each is shown, where their agreement stands, and what waits for somebody's own agreement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.logic.parties import Answered, Asked, PartyState, Section, Sheet, digest_of, sheet_from, state_of
from yijianshi.applications.models import Application, Confirmation, Invitation, Material, SigningRound
from yijianshi.applications.queries.display import display, masked
from yijianshi.applications.queries.views import SHOWN, title_of
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import values
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Plan, PlannedParty
from yijianshi.foundation import sealing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, PrincipalKind
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

_CONTEXT = "applications.party.id_number"
_THIS = Text("这份待确认的内容", "This request for agreement")
_NOTHING: Mapping[str, Sequence[Mapping[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled-in draft: its row, thing, plan and facts in force."""

    application: Application
    thing: CompiledThing
    plan: Plan
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request for agreement as the party sees it; ``is_open`` while it waits and the draft has not changed since."""

    id: UUID
    application_id: UUID
    thing_name: Text
    applicant: str
    label: Text
    act: str
    text: Text
    sheet: Sheet
    digest: str
    revision: int
    invited_at: datetime
    is_open: bool
    is_outdated: bool
    answered: Answered | None
    signing: UUID | None  # the document to sign, where the act is SIGN


def sheet_for(filled: Filled, party: PlannedParty, files: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[Sheet, str]:
    """Return what *party* is shown, and its digest: the answers of the items that concern them, others' sensitive ones masked."""
    shared = [one for one in filled.plan.fields if one.status in SHOWN and set(one.needed_by) & set(party.items)]
    rows: dict[str, list[tuple[Text, Text]]] = {}
    for field in shared:
        element = filled.thing.element(field.name)
        value = filled.facts.get(field.name)
        words = display(element, value) if field.entity == party.entity else masked(element, value)
        if words is not None:
            rows.setdefault(field.entity, []).append((element.label, words))
    labels = {entity.code: entity.label for entity in filled.thing.entities}
    concerned = [one for one in filled.plan.materials if set(one.needed_by) & set(party.items)]
    sheet = Sheet(
        title=title_of(filled.thing, filled.facts),
        items=tuple(filled.thing.item(code).name for code in party.items),
        sections=tuple(Section(labels.get(entity, Text(entity, entity)), tuple(lines)) for entity, lines in rows.items()),
        files={one.code: _named(files[one.code]) for one in concerned if files.get(one.code)},
    )
    return sheet, digest_of(sheet, {one.name: values.encode(filled.facts.get(one.name)) for one in shared})


def states_of(filled: Filled, files: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[PartyState, ...]:
    """Return every party of a draft and where their agreement stands."""
    if not filled.plan.parties:
        return ()
    application = filled.application
    asked = {row.entity: row for row in Invitation.objects.filter(application=application)}
    answers = {row.entity: row for row in Confirmation.objects.filter(application=application).order_by("at", "id")}
    states = []
    for party in filled.plan.parties:
        row, answer = asked.get(party.entity), answers.get(party.entity)
        number = filled.facts.get(party.id_number)
        if row is not None and (number is None or bytes(row.id_number_index) != index_of(str(number))):
            row = None  # somebody else is named now
        _, digest = sheet_for(filled, party, files)
        last = Asked(row.id, row.revision, row.digest, row.invited_at) if row else None
        states.append(state_of(party, (application.revision, digest), last, _answered(answer)))
    return tuple(states)


def index_of(id_number: str) -> bytes:
    """Return the blind index by which a party is found."""
    return sealing.blind_index(id_number, _CONTEXT)


def list_requests(*, by: Actor) -> list[Request]:
    """Return the requests that wait for the agreement of *by*, or of the person they act for, newest first."""
    number = own_number(by)
    if number is None:
        return []
    rows = Invitation.objects.filter(id_number_index=index_of(number), application__state=Application.State.DRAFT)
    found = [_request(row) for row in rows.select_related("application").order_by("-invited_at") if _covers(by, row)]
    return [one for one in found if one.is_open]


def get_request(invitation_id: UUID, *, by: Actor) -> Request:
    """Return one request for agreement; raises NotFound for everybody but the party and whoever holds their mandate."""
    return _request(find_invitation(invitation_id, by=by))


def find_invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Return the invitation of the asking party; raises NotFound, so that ids tell nothing."""
    number = own_number(by)
    row = Invitation.objects.select_related("application").filter(id=invitation_id).first()
    if row is None or number is None or bytes(row.id_number_index) != index_of(number) or not _covers(by, row):
        raise NotFound(what=_THIS)
    return row


def lock_asked(invitation_id: UUID, *, by: Actor) -> tuple[Application, Invitation]:
    """Take the application a party was asked about until the end of the transaction; raises NotFound for strangers."""
    found = find_invitation(invitation_id, by=by)
    application = Application.objects.select_for_update(no_key=True).get(id=found.application_id)
    return application, find_invitation(invitation_id, by=by)


def is_current(application: Application, row: Invitation) -> bool:
    """Say whether the draft, with its files, is still what the invitation shows."""
    if application.state != Application.State.DRAFT or application.revision != row.revision:
        return False
    files = dict(Material.objects.filter(application=application).values_list("code", "files"))
    shown = json.loads(row.shown)["files"]
    codes = set(json.loads(row.shown)["concerned"])
    return bool({code: _named(ones) for code, ones in files.items() if code in codes and ones} == shown)


def keep(filled: Filled, party: PlannedParty, files: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[str, str]:
    """Return the sheet as it is kept with the invitation, and its digest."""
    sheet, digest = sheet_for(filled, party, files)
    concerned = [one.code for one in filled.plan.materials if set(one.needed_by) & set(party.items)]
    kept = {**sheet.to_json(), "concerned": concerned, "label": party.label.to_json(), "text": party.text.to_json()}
    return json.dumps(kept, ensure_ascii=False), digest


def _request(row: Invitation) -> Request:
    application = row.application
    answer = Confirmation.objects.filter(application=application, entity=row.entity).order_by("-at", "-id").first()
    answered = _answered(answer) if answer and answer.at >= row.invited_at else None
    current = is_current(application, row)
    kept = json.loads(row.shown)
    return Request(
        id=row.id,
        application_id=application.id,
        thing_name=catalogue.get_version(application.version_id).name,
        applicant=application.applicant_label,
        label=Text(**kept["label"]),
        act=row.act,
        text=Text(**kept["text"]),
        sheet=sheet_from(kept),
        digest=row.digest,
        revision=row.revision,
        invited_at=row.invited_at,
        is_open=current and answered is None,
        is_outdated=application.state == Application.State.DRAFT and not current,
        answered=answered,
        signing=_signing(row) if current and row.act == "SIGN" else None,
    )


def _signing(row: Invitation) -> UUID | None:
    rounds = SigningRound.objects.filter(application_id=row.application_id, revision=row.revision)
    return rounds.order_by("-opened_at").values_list("id", flat=True).first()


def own_number(by: Actor) -> str | None:
    """Return the ID number of the natural person for whom *by* asks: their own, or the principal's."""
    acting = by.principal
    if not by.is_person or by.person_id is None or (acting and acting.kind is not PrincipalKind.PERSON):
        return None
    return identity.get_person(acting.id if acting else by.person_id, by).id_number


def _covers(by: Actor, row: Invitation) -> bool:
    return by.principal is None or by.principal.covers(row.application.thing_code)


def _answered(row: Confirmation | None) -> Answered | None:
    if row is None:
        return None
    return Answered(row.answer == Confirmation.Answer.CONFIRMED, row.revision, row.digest, row.reason, row.at)


def _named(files: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"id": str(one["id"]), "name": str(one["name"])} for one in files]
