"""Asking registers: what one matter may read is kept in step with what its items need now; the courier does the reading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from yijianshi.exchange.commands.tables import COURIER_CHANNEL
from yijianshi.exchange.logic.sharing import SUBJECT_CONTEXT
from yijianshi.exchange.models import RegisterRead
from yijianshi.exchange.queries.neighbours import NeighbourCard, list_neighbours
from yijianshi.foundation import sealing
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.ids import new_id
from yijianshi.kernel.text import Text

OPEN = (RegisterRead.State.WAITING, RegisterRead.State.AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one matter may read now: one register, about one person or enterprise, for these items, these fields only."""

    register: str
    register_name: Text
    purposes: tuple[str, ...]
    purpose_names: tuple[Text, ...]
    why: Text
    basis: str
    holder: str
    subject_kind: str
    subject_id: UUID
    subject: Mapping[str, str] = field(repr=False)  # kind, id_number, name
    authorisation: str
    part: str
    fields: tuple[str, ...]
    field_names: tuple[Text, ...]
    fresh_hours: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what there is one live read of, within a matter."""
        return self.register, self.holder, self.part


@dataclass(frozen=True, slots=True)
class Matter:
    """For what the registers are asked: an application and its thing, where it is, and who fills it in."""

    id: UUID
    thing: str
    region: str
    person_id: UUID


def serving(register: str, region: str) -> NeighbourCard | None:
    """Return the neighbour that is asked for this register in this region, None where nobody offers it."""
    for card in list_neighbours():
        entry = card.entry.registers.get(register)
        if card.is_enabled and entry is not None and region.startswith(entry.region):
            return card
    return None


@transaction.atomic
def ask(matter: Matter, wishes: Sequence[Wish], *, at: datetime) -> int:
    """Bring what is read for *matter* in step with *wishes* and return how many new questions there are.

    An answer that is still fresh is kept; one that no item needs any more, or a question nobody asks now, ends with its value.
    """
    live = {(row.register, row.holder, row.part): row for row in lock_live(matter.id)}
    asked = []
    for wish in wishes:
        card = serving(wish.register, matter.region)
        row = live.pop(wish.key, None)
        if row is not None and card is not None and _still_good(row, wish, card, at):
            if row.purposes != list(wish.purposes):
                row.purposes, row.purpose_names = list(wish.purposes), [one.to_json() for one in wish.purpose_names]
                row.save(update_fields=["purposes", "purpose_names"])
            continue
        if row is not None:
            _end([row.id], at)
        if card is not None:
            asked.append(_row(matter, wish, card, at))
    _end([row.id for row in live.values()], at)
    RegisterRead.objects.bulk_create(asked)
    if asked:
        batch = Batch()
        batch.notify(COURIER_CHANNEL)
        batch.flush()
    return len(asked)


def lock_live(matter: UUID) -> list[RegisterRead]:
    """Take what is read for one matter now."""
    return list(RegisterRead.objects.select_for_update().filter(matter=matter, ended_at=None).order_by("id"))


@transaction.atomic
def forget(matters: Collection[UUID], *, at: datetime) -> None:
    """End everything that was read for these matters (drafts that are deleted); that it was read stays in the ledger."""
    _end(list(RegisterRead.objects.filter(matter__in=matters, ended_at=None).values_list("id", flat=True)), at)


@transaction.atomic
def keep_only(matter: UUID, wanted: Collection[UUID], *, at: datetime) -> None:
    """End the questions of a submitted matter that are still open and that nothing in it depends on."""
    idle = RegisterRead.objects.filter(matter=matter, ended_at=None, state__in=OPEN).exclude(id__in=wanted)
    _end(list(idle.values_list("id", flat=True)), at)


def _end(ids: Collection[UUID], at: datetime) -> None:
    if ids:
        RegisterRead.objects.filter(id__in=ids, ended_at=None).update(ended_at=at, value="")


def _still_good(row: RegisterRead, wish: Wish, card: NeighbourCard, at: datetime) -> bool:
    same = set(wish.fields) == set(row.fields) and (row.subject_id, row.neighbour) == (wish.subject_id, card.code)
    if not same or row.authorisation != wish.authorisation:
        return False
    return row.state in OPEN or row.fresh_until is None or row.fresh_until > at


def _row(matter: Matter, wish: Wish, card: NeighbourCard, at: datetime) -> RegisterRead:
    content: dict[str, Any] = {name: getattr(wish, name) for name in _COPIED}
    return RegisterRead(
        id=new_id(),
        neighbour=card.code,
        register_name=wish.register_name.to_json(),
        purposes=list(wish.purposes),
        purpose_names=[one.to_json() for one in wish.purpose_names],
        why=wish.why.to_json(),
        matter=matter.id,
        thing=matter.thing,
        subject=sealing.seal(orjson.dumps(dict(wish.subject)).decode(), SUBJECT_CONTEXT),
        asked_by=matter.person_id,
        fields=list(wish.fields),
        field_names=[one.to_json() for one in wish.field_names],
        asked_at=at,
        next_at=at,
        **content,
    )


_COPIED = ("register", "basis", "subject_kind", "subject_id", "holder", "authorisation", "part", "fresh_hours")
