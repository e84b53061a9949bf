"""What comes back into an application after submission: departments' results, and the applicant's corrections."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.submit import NotReady
from yijianshi.applications.commands.tables import RESULTS
from yijianshi.applications.models import Application, Material
from yijianshi.applications.queries import logged
from yijianshi.applications.queries.access import lock_owned as _lock_owned
from yijianshi.applications.queries.drafts import environment
from yijianshi.applications.queries.offers import gather
from yijianshi.applications.queries.stored_facts import pack, pack_one, unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.checking import FactProblem, check_values
from yijianshi.catalogue.logic.supplying import supply
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.foundation import history
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid

ResultRow = tuple[UUID, UUID, str, UUID, Mapping[str, Any]]  # application, case, item code, version, typed results


def record_results(rows: Sequence[ResultRow], *, at: datetime, batch: Batch) -> None:
    """Add the facts that decisions produced to *batch*; a fact is produced once in an application."""
    written = []
    for application_id, case_id, item_code, version_id, results in rows:
        thing = catalogue.get_version(version_id)
        for name, value in results.items():
            stored = json.dumps(pack_one(thing, name, value), ensure_ascii=False)
            written.append((new_id(), application_id, name, stored, case_id, item_code, at))
    batch.insert(RESULTS, written)


def lock_owned(application_id: UUID, *, by: Actor) -> None:
    """Take one of the actor's applications before its cases, the house's locking order; raises NotFound."""
    _lock_owned([application_id], by=by)


@transaction.atomic
def amend(application_id: UUID, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Take over corrected values into a submitted application; the earlier values stay in the history.

    Values from a verified source stay as they are. Raises NotReady with every value that does not fit. Which values may be
    corrected, the caller has checked.
    """
    (row,) = _lock_owned([application_id], by=by)
    thing = catalogue.get_version(row.version_id)
    problems, decoded = [], {}
    for name, raw in values.items():
        try:
            decoded[name] = decode_answer(thing, name, raw)
        except Invalid as error:
            problems.append(FactProblem(name, error.text))
    facts, env = unpack(thing, row.facts), environment(at)
    supplied = supply(thing, facts, gather(purpose=row.thing_code, by=by, at=at), env)
    decoded = {name: value for name, value in decoded.items() if name not in supplied or not supplied[name].locked}
    problems += check_values(thing, facts | decoded, tuple(decoded), env)
    if problems:
        raise NotReady(problems)
    if decoded:
        _keep(row, pack(thing, decoded), by, at)


def materials_changed_since(application_id: UUID, since: datetime) -> set[str]:
    """Return the codes of the materials uploaded anew after *since*."""
    rows = Material.objects.filter(application_id=application_id, updated_at__gt=since)
    return {row.code for row in rows if row.files}


def _keep(row: Application, packed: Mapping[str, Any], by: Actor, at: datetime) -> None:
    replaced = {name: row.facts.get(name) for name in packed}
    row.facts = row.facts | packed
    row.updated_at = at
    row.save(update_fields=["facts", "updated_at"])
    entry = history.Entry(
        subject_kind="application",
        subject_id=row.id,
        application_id=row.id,
        action="amend",
        actor=by.to_record(),
        at=at,
        from_state=row.state,
        to_state=row.state,
        payload={"replaced": replaced, logged.ANSWERS: logged.digest(row.facts)},
    )
    history.record([entry])
