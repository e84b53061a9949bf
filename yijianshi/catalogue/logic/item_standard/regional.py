"""One template, many regions: what a city or county says for itself, laid over the item; the county's word over the city's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from yijianshi.catalogue.logic.schema import Item, T
from yijianshi.catalogue.logic.schema.binding import Binding
from yijianshi.catalogue.logic.schema.item import Limit, Visits
from yijianshi.catalogue.logic.schema.standard import Channels, ServicePlace

PHONES = frozenset({"consult_phone", "complaint_phone"})
NUMBERS = frozenset({"promise", "visits", "booking_daily"})
_PLACE = frozenset(ServicePlace.model_fields)
_CHANNELS = frozenset(Channels.model_fields)
_TEXTS = _PLACE - {"town_code", "village_code"} | {"booking"}


@dataclass(frozen=True, slots=True)
class BoundItem:
    """An item as one region offers it; ``said_by`` tells which region each element comes from."""

    item: Item
    region: str
    said_by: Mapping[str, str]


def applying(bindings: Iterable[Binding], item_code: str, region: str) -> list[Binding]:
    """Return the bindings that hold in *region* (its own and those of the places around it), the widest first."""
    around = surrounding(region)
    found = [one for one in bindings if one.item == item_code and one.region in around]
    return sorted(found, key=lambda one: around.index(one.region), reverse=True)


def surrounding(region: str) -> tuple[str, ...]:
    """Return the region and what surrounds it by GB/T 2260: county, city, province."""
    return tuple(dict.fromkeys((region, region[:4] + "00", region[:2] + "0000")))


def bind(item: Item, bindings: Sequence[Binding], region: str) -> BoundItem:
    """Return the item with what the region and those around it say; *bindings* may be those of all items and regions."""
    said_by: dict[str, str] = {}
    for binding in applying(bindings, item.code, region):
        for element, value in binding.set.items():
            item = put(item, element, value)
            said_by[element] = binding.region
    return BoundItem(item, region, said_by)


def put(item: Item, element: str, value: Any) -> Item:
    """Return the item with one open element set. Raises ValidationError or ValueError for a value of the wrong kind."""
    if element in NUMBERS and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise ValueError("not-a-number")
    if element in PHONES:
        if not isinstance(value, str):
            raise ValueError("not-a-text")
        return item.model_copy(update={element: value})
    if element in ("promise", "visits"):
        return _put_number(item, element, value)
    group, name = ("place", ServicePlace) if element in _PLACE else ("channels", Channels)
    return _put_in_group(item, group, name, element, value)


def _put_number(item: Item, element: str, value: int) -> Item:
    if element == "visits":
        return item.model_copy(update={"visits": Visits(count=value, reason=item.visits.reason if value else None)})
    old = item.limits.promise
    promise = Limit(working_days=value, basis=old.basis, confidence=old.confidence, note=old.note)
    instant = {"project_type": "1" if value == 0 else item.project_type}
    return item.model_copy(update={"limits": item.limits.model_copy(update={"promise": promise}), **instant})


def _put_in_group(item: Item, group: str, model: type[ServicePlace] | type[Channels], element: str, value: Any) -> Item:
    read = text_reader().validate_python(value) if element in _TEXTS else value
    here = getattr(item.standard, group)
    fresh = model.model_validate({**here.model_dump(), element: read})
    return item.model_copy(update={"standard": item.standard.model_copy(update={group: fresh})})


@lru_cache(maxsize=1)
def text_reader() -> TypeAdapter[Any]:
    """Return what reads a bilingual text."""
    return TypeAdapter(T)


WrongValue = (ValidationError, ValueError)
