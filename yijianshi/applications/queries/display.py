"""Facts as people read them, in both languages at once."""

from datetime import date, datetime
from typing import Any

from yijianshi.catalogue.logic import values
from yijianshi.catalogue.logic.schema import Element, ElementType
from yijianshi.foundation import regions
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.text import Text, long_date


def display(element: Element, value: Any) -> Text | None:
    """Return *value* in words; dates carry their weekday, regions their full name; None when there is no value."""
    if value is None or value in ("", ()):
        return None
    if isinstance(value, datetime):
        local = value.astimezone(values.BEIJING)
        day = long_date(local.date())
        return Text(f"{day.zh} {local:%H:%M}", f"{day.en}, {local:%H:%M}")
    if isinstance(value, date):
        return long_date(value)
    if element.type is ElementType.REGION:
        name = regions.full_name(str(value)) or str(value)
        return Text(name, name)
    return Text(values.display(element, value, "zh"), values.display(element, value, "en"))


def masked(element: Element, value: Any) -> Text | None:
    """Return *value* in words with a sensitive one masked, for everybody who does not need it whole."""
    if element.sensitivity != "SENSITIVE" or value in (None, ""):
        return display(element, value)
    hidden = _MASKS.get(element.type, masks.mask_account)(str(value))
    return Text(hidden, hidden)


_MASKS = {ElementType.ID_NUMBER: masks.mask_id_number, ElementType.PHONE: masks.mask_phone}
