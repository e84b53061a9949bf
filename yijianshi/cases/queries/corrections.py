"""The merged correction notice: all departments' requests in one, with the exact places to mend."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.applications.queries.display import display
from yijianshi.applications.queries.views import raw_value
from yijianshi.cases.logic.corrections import Certified
from yijianshi.cases.models import Case, Correction
from yijianshi.cases.queries.certified import certified_facts
from yijianshi.cases.queries.views import CorrectionNotice, NoticeEntry
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text


def open_corrections(application_id: UUID, *, by: Actor) -> CorrectionNotice | None:
    """Return everything the departments ask the applicant to correct now, or None; raises NotFound for a stranger's."""
    card = applications.get_application(application_id, by=by)
    notices = list(
        Correction.objects.filter(application_id=application_id, answered_at=None, case__state="CORRECTION_REQUESTED")
        .select_related("case")
        .order_by("case__position")
    )
    if not notices:
        return None
    thing = catalogue.get_version(card.version_id)
    facts = applications.all_facts(application_id, by=by)
    uploaded = {one.code: one for one in applications.materials_of(application_id)}
    departments = identity.get_organisations({notice.case.organisation_id for notice in notices})
    certified = certified_facts(Case.objects.filter(application_id=application_id))
    known = _Known(thing, facts, {code: one.files for code, one in uploaded.items()}, certified)
    entries = [
        replace(
            _entry(entry, known, thing.item(notice.case.item_code).name, departments[notice.case.organisation_id].name),
            is_renewed=entry["kind"] == "material" and _is_renewed(uploaded.get(entry["name"]), notice.requested_at),
        )
        for notice in notices
        for entry in notice.entries
    ]
    days = [notice.respond_by for notice in notices if notice.respond_by]
    return CorrectionNotice(application_id, card.number or "", card.title, min(days, default=None), tuple(entries))


@dataclass(frozen=True, slots=True)
class _Known:
    thing: CompiledThing
    facts: Mapping[str, Any]
    uploaded: Mapping[str, Any]
    certified: Mapping[str, Certified]


def _is_renewed(handed: applications.HandedIn | None, since: datetime) -> bool:
    return handed is not None and bool(handed.files) and handed.updated_at > since


def _entry(entry: Mapping[str, Any], known: _Known, item_name: Text, department: Text) -> NoticeEntry:
    name = str(entry["name"])
    element = known.thing.elements_by_name.get(name) if entry["kind"] == "field" else None
    material = known.thing.materials_by_code.get(name) if entry["kind"] == "material" else None
    label = element.label if element else material.name if material else Text(name, name)
    value = known.facts.get(name)
    return NoticeEntry(
        kind=str(entry["kind"]),
        name=name,
        label=label,
        text=str(entry["text"]),
        item_name=item_name,
        department=department,
        entity=element.entity if element else "",
        element=element,
        material=material,
        value=display(element, value) if element else None,
        raw=raw_value(element, value) if element else "",
        uploaded=known.uploaded.get(name, ()),
        certified=known.certified.get(name) if element else None,
    )
