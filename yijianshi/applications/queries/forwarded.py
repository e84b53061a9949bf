"""Submitted applications that belong to another region, whole, for the room that brings them there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.models import Application, Letter
from yijianshi.applications.queries.stored_facts import unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.elsewhere import AT
from yijianshi.catalogue.logic.values import encode_facts
from yijianshi.identity.logic.actor import Actor


@dataclass(frozen=True, slots=True)
class Forwarded:
    """One of them; *facts* as JSON holds them."""

    id: UUID
    number: str
    thing: CompiledThing
    items: tuple[str, ...]
    person_id: UUID
    region: str
    applicant_label: str
    submitted_at: datetime
    facts: Mapping[str, Any] = field(repr=False)
    declined: Sequence[str] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    letters: tuple[str, ...] = ()


def list_forwarded(application_ids: Sequence[UUID], *, by: Actor) -> list[Forwarded]:
    """Return these applications, in the order of their ids; only the house itself may ask."""
    if not by.is_system:
        return []
    rows = Application.objects.filter(id__in=application_ids, state=Application.State.SUBMITTED, thing_code__contains=AT)
    letters: dict[UUID, list[str]] = {}
    for application_id, code in Letter.objects.filter(application_id__in=application_ids).values_list("application_id", "code"):
        letters.setdefault(application_id, []).append(code)
    return [_forwarded(row, tuple(letters.get(row.id, ()))) for row in rows.order_by("id")]


def _forwarded(row: Application, letters: tuple[str, ...]) -> Forwarded:
    thing = catalogue.get_version(row.version_id)
    assert row.number is not None  # SUBMITTED, by a constraint of the table
    assert row.submitted_at is not None
    return Forwarded(
        id=row.id,
        number=row.number,
        thing=thing,
        items=tuple(str(one["code"]) for one in row.resolved),
        person_id=row.applicant_id,
        region=row.region,
        applicant_label=row.applicant_label,
        submitted_at=row.submitted_at,
        facts=encode_facts(unpack(thing, row.facts)),
        declined=row.declined,
        choices=row.choices,
        letters=letters,
    )
