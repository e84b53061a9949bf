"""What a form sent, as the values it changes in the file: what is as it was stays untouched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from pydantic import BaseModel

from yijianshi.catalogue.commands.authoring import Values
from yijianshi.catalogue.logic.authoring.editing import steps_of
from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.yaml_lines import YamlProblem, parse_yaml
from yijianshi.channels.authoring.forms import naming
from yijianshi.channels.authoring.forms.inputs import written
from yijianshi.channels.authoring.forms.kinds import Field, Kind, fields_of, kind_at
from yijianshi.kernel.text import Text

_PLACES = "place"  # every field of the form says its place once, so that an empty one is told from one that was not shown


@dataclass
class Read:
    """The changes, and by place what could not be read."""

    put: dict[Steps | str, Any] = field(default_factory=dict)
    remove: list[Steps | str] = field(default_factory=list)
    wrong: dict[Steps, Text] = field(default_factory=dict)

    @property
    def values(self) -> Values:
        """Return the changes for the command."""
        return Values(self.put, self.remove)


def changes(model: type[BaseModel], value: Any, sent: QueryDict) -> Read:
    """Return what the form changes; places that the model does not have are left alone."""
    read = Read()
    for place in dict.fromkeys(sent.getlist(_PLACES)):
        steps = steps_of(place)
        one = _field_at(model, steps)
        if one is not None:
            _one(one, steps, naming.value_at(value, steps), sent, read)
    return read


def _field_at(model: type[BaseModel], steps: Steps) -> Field | None:
    if not steps:
        return None
    if isinstance(steps[-1], int):
        kind = kind_at(model, steps)
        return Field("", "", kind, True) if kind and kind.name in ("bilingual", "citation") else None
    holder = kind_at(model, steps[:-1])
    every = fields_of(holder.model) if holder and holder.model else ()
    return next((one for one in every if one.key == steps[-1]), None)


def _one(one: Field, steps: Steps, old: Any, sent: QueryDict, read: Read) -> None:
    name = one.kind.name
    zh, en = _sent(name, steps, sent)
    if (zh, en) == tuple(map(_plain, written(name, old))):
        return
    if not zh and not en:
        _emptied(one, steps, old, read)
    elif name in ("bilingual", "citation"):
        _bilingual(name, steps, old, (zh, en), read)
    elif name == "raw":
        _raw(steps, zh, read)
    else:
        read.put[steps] = _value(one.kind, zh)


def _sent(name: str, steps: Steps, sent: QueryDict) -> tuple[str, str]:
    place = "".join(f"/{step}" for step in steps)
    if name == "checks":
        return "\n".join(sent.getlist(place)), ""
    return _plain(sent.get(place, "")), _plain(sent.get(f"{place}#en", ""))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _emptied(one: Field, steps: Steps, old: Any, read: Read) -> None:
    if old is None:
        return
    if not one.required:
        read.remove.append(steps)
    elif one.kind.nullable:
        read.put[steps] = None
    else:
        empty: Mapping[str, Any] = {"bilingual": {"zh": "", "en": ""}, "words": [], "checks": []}
        read.put[steps] = empty.get(one.kind.name, "")


def _bilingual(name: str, steps: Steps, old: Any, words: tuple[str, str], read: Read) -> None:
    zh, en = words
    if name == "citation" and en in ("", zh):
        read.put[steps] = zh
    elif isinstance(old, dict) and {"zh", "en"} <= old.keys():
        for language, word in (("zh", zh), ("en", en)):
            if str(old.get(language) or "") != word:
                read.put[(*steps, language)] = word
    else:
        read.put[steps] = {"zh": zh, "en": en}


def _raw(steps: Steps, text: str, read: Read) -> None:
    try:
        read.put[steps] = parse_yaml(text + "\n").value
    except YamlProblem as problem:
        read.wrong[steps] = problem.text


def _value(kind: Kind, text: str) -> Any:
    """Return the value for a text; what is not what it should be stays a text, and the check says so beside the field."""
    if kind.name in ("words", "checks"):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if kind.name == "yes_no":
        return text == "true"
    if kind.name == "number" and text.removeprefix("-").isascii() and text.removeprefix("-").isdigit():
        return int(text)
    try:
        if kind.name == "decimal" and text.replace(".", "", 1).isdecimal():
            return Decimal(text)
        return date.fromisoformat(text) if kind.name == "date" else text
    except (ValueError, InvalidOperation):
        return text
