"""Facts at rest: sensitive ones sealed, all of them JSON."""

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from yijianshi.applications.models import ResultFact
from yijianshi.catalogue.logic import values
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.foundation import sealing


def pack(thing: CompiledThing, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return *facts* as they are stored: JSON values, those of sensitive elements sealed."""
    return {name: pack_one(thing, name, value) for name, value in facts.items()}


def pack_one(thing: CompiledThing, name: str, value: Any) -> Any:
    """Return one fact as it is stored."""
    encoded = values.encode(value)
    if thing.element(name).sensitivity != "SENSITIVE":
        return encoded
    return sealing.seal(json.dumps(encoded, ensure_ascii=False), _context(name))


def unpack(thing: CompiledThing, stored: Mapping[str, Any], names: Collection[str] | None = None) -> dict[str, Any]:
    """Return stored facts as typed values; only *names* are opened when given."""
    wanted = {name: value for name, value in stored.items() if names is None or name in names}
    return values.decode_facts(thing, {name: _open(name, value) for name, value in wanted.items()})


def results_of(application_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return application → stored facts that its departments' decisions produced."""
    found: dict[UUID, dict[str, Any]] = {application_id: {} for application_id in application_ids}
    for application_id, name, value in ResultFact.objects.filter(application_id__in=application_ids).values_list(
        "application_id", "name", "value"
    ):
        found[application_id][name] = value
    return found


def results_of_cases(case_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return case → the stored facts its decision produced; cases without any are left out."""
    found: dict[UUID, dict[str, Any]] = {}
    for case_id, name, value in ResultFact.objects.filter(case_id__in=case_ids).values_list("case_id", "name", "value"):
        found.setdefault(case_id, {})[name] = value
    return found


def opened(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored facts as plain JSON values; raises SealBroken."""
    return {name: _open(name, value) for name, value in stored.items()}


def _open(name: str, value: Any) -> Any:
    if isinstance(value, str) and sealing.is_sealed(value):
        return json.loads(sealing.unseal(value, _context(name)))
    return value


def _context(name: str) -> str:
    return f"applications.fact.{name}"
