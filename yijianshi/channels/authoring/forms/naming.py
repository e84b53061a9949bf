"""Names for what stands in a file: fields in everyday words, entries by what they are about."""

from collections.abc import Mapping
from typing import Any

from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.channels.authoring.forms.own_words import OWN
from yijianshi.channels.authoring.forms.wording import WORDS
from yijianshi.kernel.text import Text

_SAID = ("name", "label", "text", "message", "requirement", "law", "q", "main", "reason", "summary", "place")
_REFERS = {
    "fact": "fact",
    "region_from": "fact",
    "id_number": "fact",
    "material": "material",
    "item": "item",
    "certificate": "certificate",
    "letter": "letter",
    "thing": "thing",
    "entity": "entity",
    "repeat": "entity",
    "lead": "department",
    "issuer_kind": "department",
}
_OWN_REFERS = {
    "Check.field": "fact",
    "Repeats.count": "fact",
    "LocalOrder.before": "item",
    "LocalOrder.after": "item",
    "Department.kind": "department",
    "Matter.lead": "",
}


def words(owner: str, key: str) -> tuple[Text, Text | None]:
    """Return the name of a field and its hint; a field without words is called by its key."""
    return OWN.get(f"{owner}.{key}") or WORDS.get(key) or (Text(key, key), None)


def refers_to(owner: str, key: str) -> str:
    """Return what kind of thing a field names by code, nothing for a field that names none."""
    return _OWN_REFERS.get(f"{owner}.{key}", _REFERS.get(key, ""))


def value_at(value: Any, steps: Steps) -> Any:
    """Return the value at these steps, None where there is none."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def as_text(value: Any) -> Text | None:
    """Return a bilingual value as it stands in a file, None for anything else."""
    if isinstance(value, str) and value:
        return Text(value, value)
    if isinstance(value, dict) and (value.get("zh") or value.get("en")):
        zh, en = (str(value.get(language) or "") for language in ("zh", "en"))
        return Text(zh or en, en or zh)
    return None


def summary(value: Any, names: Mapping[str, Mapping[str, Text]]) -> Text | None:
    """Return what an entry is about: the name of what it refers to, or its own words."""
    said = as_text(value)
    if said is not None or not isinstance(value, dict):
        return said
    for key in ("fact", "item", "material", "certificate", "before", "entity"):
        code = value.get(key)
        if isinstance(code, str) and code:
            found = names.get(_OWN_REFERS.get(f"LocalOrder.{key}", _REFERS.get(key, "")), {}).get(code)
            return Text(f"{found.zh}（{code}）", f"{found.en} ({code})") if found else Text(code, code)
    return next((text for key in _SAID if (text := as_text(value.get(key)))), None) or _first_word(value)


def _first_word(value: Mapping[str, Any]) -> Text | None:
    words = [str(one) for one in value.values() if isinstance(one, str | int) and str(one)]
    return Text(words[0], words[0]) if words else None
