"""Submitted applications for recordings that keep no person: sensitive facts stay sealed, only that they were given is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.queries.stored_facts import unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.foundation import batch
from yijianshi.identity.logic.actor import Actor

_SUBMITTED = """
SELECT version_id, submitted_at, facts, declined, choices, resolved,
       (SELECT jsonb_object_agg(code, satisfier) FROM applications_material WHERE application_id = application.id)
FROM applications_application AS application
WHERE thing_code = %s AND state = 'SUBMITTED' AND submitted_at >= %s ORDER BY submitted_at LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Recordable:
    """What one application was decided by; ``facts`` without the sensitive ones, which are among ``present`` only."""

    version_id: UUID
    submitted_at: datetime
    facts: Mapping[str, Any]
    present: tuple[str, ...]
    declined: tuple[str, ...]
    choices: Mapping[str, str]
    items: tuple[str, ...]
    satisfied: Mapping[str, str]


def list_recordable(thing_code: str, since: datetime, most: int, *, by: Actor) -> list[Recordable]:
    """Return the oldest *most* applications of a thing submitted from *since* on; only the house itself may ask."""
    if not by.is_system:
        return []
    return [_recordable(*row) for row in batch.select(_SUBMITTED, [thing_code, since, most])]


def _recordable(
    version_id: UUID,
    submitted_at: datetime,
    facts: Mapping[str, Any],
    declined: list[str],
    choices: Mapping[str, str],
    resolved: list[Mapping[str, Any]],
    satisfied: Mapping[str, str] | None,
) -> Recordable:
    thing = catalogue.get_version(version_id)
    elements = thing.elements_by_name
    closed = {name for name in facts if name not in elements or elements[name].sensitivity == "SENSITIVE"}
    return Recordable(
        version_id=version_id,
        submitted_at=submitted_at,
        facts=unpack(thing, facts, facts.keys() - closed),
        present=tuple(sorted(facts)),
        declined=tuple(declined),
        choices=choices,
        items=tuple(one["code"] for one in resolved),
        satisfied=satisfied or {},
    )
