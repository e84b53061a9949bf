"""Applications in lists and after submission."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.models import Application, Material
from yijianshi.applications.queries.access import get_owned, visible
from yijianshi.applications.queries.stored_facts import results_of, unpack
from yijianshi.applications.queries.views import title_of
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing, item_facts
from yijianshi.foundation import batch, rows
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

PAGE = 50
_GROUNDS = """
SELECT id, version_id, applicant_kind, applicant_id, person_id, facts,
       (SELECT jsonb_object_agg(name, value) FROM applications_result_fact WHERE application_id = application.id)
FROM applications_application AS application WHERE id = ANY(%b::uuid[])
"""


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """One line of "my applications"."""

    id: UUID
    number: str | None
    title: Text
    state: str
    thing_code: str
    version_id: UUID
    updated_at: datetime
    submitted_at: datetime | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What splitting needs to know of a submitted application."""

    id: UUID
    number: str
    version_id: UUID
    thing_code: str
    region: str
    applicant_label: str
    resolved: Sequence[Mapping[str, Any]]
    submitted_at: datetime


def list_applications(*, by: Actor) -> list[ApplicationCard]:
    """Return the actor's newest 50 applications, drafts and submitted, newest first."""
    newest = visible(by).exclude(state=Application.State.DISCARDED).order_by("-updated_at", "-id")[:PAGE]
    return [card(row) for row in newest]


def get_application(application_id: UUID, *, by: Actor) -> ApplicationCard:
    """Return one application of the actor; raises NotFound."""
    return card(get_owned(application_id, by=by))


def card(row: Application) -> ApplicationCard:
    """Return the card of a row."""
    thing = catalogue.get_version(row.version_id)
    title = title_of(thing, unpack(thing, row.facts, thing.title_facts))
    return ApplicationCard(
        row.id, row.number, title, row.state, row.thing_code, row.version_id, row.updated_at, row.submitted_at, row.expires_on
    )


def list_submitted(application_ids: Sequence[UUID], *, by: Actor) -> list[Submitted]:
    """Return submitted applications for splitting, in the given order; only the house itself may ask."""
    if not by.is_system or not application_ids:
        return []
    submitted = batch.select(
        "SELECT id, number, version_id, thing_code, region, applicant_label, resolved, submitted_at "
        "FROM applications_application WHERE id = ANY(%s) AND state = 'SUBMITTED'",
        [list(application_ids)],
    )
    found = {row[0]: Submitted(*row) for row in submitted}
    return [found[application_id] for application_id in application_ids if application_id in found]


def facts_for_cases(wanted: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], dict[str, Any]]:
    """Return (application, item) → the facts that item's department may see: what it needs and produces, nothing more.

    The caller, cases, has already established that the actor handles those cases.
    """
    ids = {application_id for application_id, _ in wanted}
    stored = {row.id: row for row in Application.objects.filter(id__in=ids).only("id", "version_id", "facts")}
    results = results_of(ids)
    found = {}
    for application_id, item_code in wanted:
        row = stored[application_id]
        thing = catalogue.get_version(row.version_id)
        names = item_facts(thing, item_code)
        found[application_id, item_code] = unpack(thing, {**row.facts, **results[application_id]}, names)
    return found


@dataclass(frozen=True, slots=True)
class Ground:
    """What a certificate of an application says, and whose wallet it goes to: role (applicant, enterprise) → id."""

    facts: Mapping[str, Any]
    holders: Mapping[str, UUID]


def grounds_of(wanted: Collection[tuple[UUID, Collection[str]]]) -> dict[UUID, Ground]:
    """Return application → the named facts, results included, and the holders, for certificates about to be issued."""
    names: dict[UUID, set[str]] = {}
    for application_id, wanted_names in wanted:
        names.setdefault(application_id, set()).update(wanted_names)
    found = {}
    for application_id, version_id, kind, applicant_id, person_id, facts, results in batch.select(_GROUNDS, [list(names)]):
        opened = unpack(catalogue.get_version(version_id), {**facts, **(results or {})}, names[application_id])
        is_enterprise = kind == "ENTERPRISE"
        holders = {"enterprise": applicant_id, "applicant": person_id} if is_enterprise else {"applicant": applicant_id}
        found[application_id] = Ground(opened, holders)
    return found


def all_facts(application_id: UUID, *, by: Actor) -> dict[str, Any]:
    """Return every fact of the actor's application, results included."""
    row = get_owned(application_id, by=by)
    thing = catalogue.get_version(row.version_id)
    return unpack(thing, {**row.facts, **results_of([row.id])[row.id]})


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One material as it was handed in."""

    code: str
    satisfier: str
    files: Sequence[Mapping[str, Any]]
    evidence: Mapping[str, Any]
    updated_at: datetime


def materials_of(application_id: UUID) -> list[HandedIn]:
    """Return the materials of an application whose case the caller may see."""
    found = rows.load(Material, "WHERE application_id = %s ORDER BY code", [application_id])
    return [HandedIn(row.code, row.satisfier, row.files, row.evidence, row.updated_at) for row in found]


def deferred_materials(application_ids: Collection[UUID]) -> dict[UUID, list[HandedIn]]:
    """Return application → the materials that were accepted to follow later, for lists; the caller owns the applications."""
    found: dict[UUID, list[HandedIn]] = {}
    for row in Material.objects.filter(application_id__in=application_ids, satisfier="DEFERRED").order_by("code"):
        handed = HandedIn(row.code, row.satisfier, row.files, row.evidence, row.updated_at)
        found.setdefault(row.application_id, []).append(handed)
    return found


def thing_of(card_: ApplicationCard) -> CompiledThing:
    """Return the published version an application stays on."""
    return catalogue.get_version(card_.version_id)
