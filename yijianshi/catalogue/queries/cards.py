"""Lists of what can be applied for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing
from yijianshi.catalogue.logic.elsewhere import AT
from yijianshi.catalogue.logic.planning.items import result_of
from yijianshi.catalogue.logic.promise import longest_promise
from yijianshi.catalogue.models import PublishedThing
from yijianshi.catalogue.queries.versions import get_version
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ThingCard:
    """A one-thing in a list; ``promised_working_days`` is the longest it can be, with every item included.

    ``has_waits``: a public notice or statutory wait may come on top.
    """

    code: str
    version_id: UUID
    name: Text
    alias: tuple[str, ...]
    summary: Text
    life_cycle: str
    domain: str
    region: str
    applicant_kind: str
    items: tuple[Text, ...]
    promised_working_days: int
    has_waits: bool
    list_code: str | None = None


@dataclass(frozen=True, slots=True)
class ItemCard:
    """A single item in a list."""

    code: str
    version_id: UUID
    name: Text
    alias: tuple[str, ...]
    summary: Text
    result: Text
    department_kind: str
    life_cycle: str
    promised_working_days: int


def list_things(*, by: Actor, on: date | None = None) -> list[ThingCard]:
    """Return the one-things (in force on the day *on*, if given) by life cycle, domain and name; open to everybody."""
    cards = [_thing_card(version_id, thing) for version_id, thing in _newest(on, single=False)]
    return sorted(cards, key=lambda card: (card.life_cycle != "PERSON", card.domain, card.code))


def list_items(*, by: Actor, on: date | None = None) -> list[ItemCard]:
    """Return the items that can be handled on their own, by department and name; open to everybody."""
    cards = [_item_card(version_id, thing) for version_id, thing in _newest(on, single=True)]
    return sorted(cards, key=lambda card: (card.department_kind, card.code))


def _newest(on: date | None, *, single: bool) -> list[tuple[UUID, CompiledThing]]:
    every = PublishedThing.objects.filter(effective_on__lte=on) if on else PublishedThing.objects.all()
    alone = Q(code__startswith=SINGLE_PREFIX)
    own = every.exclude(code__contains=AT)
    rows = own.filter(alone if single else ~alone)  # before reading: there are ten times as many items as things
    newest = rows.order_by("code", "-version").distinct("code").values_list("id", "is_end")
    return [(version_id, get_version(version_id)) for version_id, is_end in newest if not is_end]


def _thing_card(version_id: UUID, thing: CompiledThing) -> ThingCard:
    return ThingCard(
        code=thing.code,
        version_id=version_id,
        name=thing.name,
        alias=thing.alias,
        summary=thing.summary,
        life_cycle=thing.life_cycle,
        domain=thing.domain,
        region=thing.region,
        applicant_kind=thing.applicant.kind,
        items=tuple(use.definition.name for use in thing.items),
        promised_working_days=longest_promise(thing),
        has_waits=any(use.definition.timer for use in thing.items),
        list_code=thing.list_entry.code if thing.list_entry else None,
    )


def _item_card(version_id: UUID, thing: CompiledThing) -> ItemCard:
    item = thing.items[0].definition
    return ItemCard(
        code=item.code,
        version_id=version_id,
        name=item.name,
        alias=item.alias,
        summary=thing.summary,
        result=result_of(thing, item),
        department_kind=item.department.kind,
        life_cycle=thing.life_cycle,
        promised_working_days=item.limits.promise.as_working_days,
    )
