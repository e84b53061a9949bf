"""One more or one fewer of what a form may hold several of (vehicles, drivers), and everything typed stays with its object."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.draft import save_draft
from yijianshi.applications.models import Application, Material
from yijianshi.applications.queries.access import lock_owned
from yijianshi.applications.queries.stored_facts import pack, unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.repeating import Renaming, counts_of, expanded, object_of, without_object
from yijianshi.catalogue.logic.schema import Entity
from yijianshi.foundation import files
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, NotFound
from yijianshi.kernel.text import Text


class AsManyAsPossible(Conflict):
    """一份申请最多办 {most} 个“{what}”。更多的，请提交这一份以后再申请一次。

    One application holds at most {most} of "{what}". For more, please submit this one and apply again.
    """


class TheLastOne(Conflict):
    """至少要留一个“{what}”。不想办了，可以删除整份申请。

    At least one "{what}" has to stay. If you no longer want it, you can delete the whole application.
    """


_NO_OBJECT = Text("要增加或删除的那一项", "What was to be added or removed")


@transaction.atomic
def add_object(
    *, application_id: UUID, entity: str, by: Actor, at: datetime, values: Mapping[str, Any], revision: int | None = None
) -> str:
    """Save *values*, add one more object of the kind of *entity* and return its name in the form (``vehicle_3``).

    Raises AsManyAsPossible, NotFound where there can be only one, and what saving raises.
    """
    save_draft(application_id=application_id, values=values, by=by, at=at, revision=revision)
    draft, thing, kind = _take(application_id, entity, by)
    count = counts_of(thing, unpack(thing, draft.facts))[kind.code]
    if kind.repeats is None or count >= kind.repeats.most:
        raise AsManyAsPossible(what=kind.label, most=kind.repeats.most if kind.repeats else 1)
    _keep(draft, {kind.repeats.count: count + 1})
    return f"{kind.code}_{count + 1}"


@transaction.atomic
def remove_object(
    *, application_id: UUID, entity: str, by: Actor, at: datetime, values: Mapping[str, Any], revision: int | None = None
) -> None:
    """Save *values*, then remove the object *entity*: those behind it move up, each with its answers and its papers.

    Raises TheLastOne, NotFound for an object that is not there, and what saving raises.
    """
    save_draft(application_id=application_id, values=values, by=by, at=at, revision=revision)
    draft, thing, kind = _take(application_id, entity, by)
    facts = unpack(thing, draft.facts)
    count, found = counts_of(thing, facts)[kind.code], object_of(thing, entity)
    if found is None or kind.repeats is None or found[1] > count:
        raise NotFound(what=_NO_OBJECT)
    if count == 1:
        raise TheLastOne(what=kind.label)
    moved = without_object(expanded(thing, facts), kind, found[1], count)
    draft.facts = pack(thing, _renamed(facts, moved.fact))
    draft.declined = list(_renamed(dict.fromkeys(draft.declined), moved.fact))
    draft.choices = _renamed(draft.choices, moved.material)
    _move_papers(draft, moved)
    _keep(draft, {kind.repeats.count: count - 1})


def _take(application_id: UUID, entity: str, by: Actor) -> tuple[Application, CompiledThing, Entity]:
    (draft,) = lock_owned([application_id], by=by)
    thing = catalogue.get_version(draft.version_id)
    found = object_of(thing, entity)
    if found is None:
        raise NotFound(what=_NO_OBJECT)
    return draft, thing, found[0]


def _keep(draft: Application, counted: Mapping[str, int]) -> None:
    draft.facts = draft.facts | dict(counted)
    draft.declined = [name for name in draft.declined if name not in counted]
    draft.save(update_fields=["facts", "declined", "choices"])


def _renamed(named: Mapping[str, Any], new_name: Callable[[str], str | None]) -> dict[str, Any]:
    """Return the entries under their new names, without those that have none any more."""
    return {new: value for name, value in named.items() if (new := new_name(name)) is not None}


def _move_papers(draft: Application, moved: Renaming) -> None:
    rows = {row.code: row for row in Material.objects.filter(application=draft, code__in=moved.materials)}
    for code, new in moved.materials.items():  # front to back, so that each place is free before it is taken
        row = rows.get(code)
        if row is not None and new is None:
            files.forget([UUID(one["id"]) for one in row.files])
            row.delete()
        elif row is not None:
            row.code = str(new)
            row.save(update_fields=["code"])
