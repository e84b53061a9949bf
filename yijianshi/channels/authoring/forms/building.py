"""A page of the form: the fields of one record of a content file, the ways to the records inside it, the entries of a list.

A page shows one place of the file. Small records inside it are shown with it; large ones and lists have pages of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from yijianshi.catalogue.logic.authoring.editing import place_of, steps_of
from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.channels.authoring.forms import inputs, naming, placing
from yijianshi.channels.authoring.forms.inputs import Input, Names
from yijianshi.channels.authoring.forms.kinds import Field, Kind, fields_of, kind_at
from yijianshi.channels.authoring.forms.placing import Placed
from yijianshi.kernel.text import Text

MOST_INSIDE = 8  # a record with more fields gets a page of its own
_ENTRY = Text("第 {n} 项", "Entry {n}")
_NEW = Text("新的一项", "New entry")
_WHOLE = Text("基本内容", "Basics")


@dataclass(frozen=True, slots=True)
class Group:
    """A small record shown inside another; ``remove`` is its place where it may be taken out."""

    id: str
    place: str
    label: Text
    hint: Text | None
    inputs: tuple[Input, ...]
    present: bool
    remove: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a page inside: a list with the number of its entries, or a large record."""

    label: Text
    at: str
    count: int | None
    present: bool
    findings: int


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list; ``up`` and ``down`` are the places to change round with the next one, empty at the ends."""

    label: Text
    at: str
    confidence: str
    findings: tuple[Finding, ...]
    up: str = ""
    down: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One page on the way to this one."""

    label: Text
    at: str


@dataclass(frozen=True)
class FormPage:
    """One page of the form; exactly one of fields and rows is used."""

    at: str
    label: Text
    trail: tuple[Crumb, ...]
    fields: tuple[Input | Group, ...] = ()
    ways: tuple[Way, ...] = ()
    rows: tuple[Row, ...] = ()
    is_list: bool = False
    add: str = ""
    remove: str = ""
    findings: tuple[Finding, ...] = ()  # of the record itself, beside no field
    elsewhere: int = 0  # findings on other pages of the file
    lists: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """What a page is made from: the model of the file, its values, the findings, the names of what it refers to."""

    model: type[BaseModel]
    value: Any
    found: Placed
    names: Names


def page(source: Source, steps: Steps) -> FormPage | None:
    """Return the page at a place, None where there is no such record or list."""
    kind = kind_at(source.model, steps)
    if kind is None:
        return None
    value = naming.value_at(source.value, steps)
    if kind.name == "list":
        return _list_page(source, steps, value if isinstance(value, list) else [])
    model = kind.model if kind.name == "group" else None
    if model is None and kind.name not in ("bilingual", "citation"):
        return None
    shown, ways = _record(source, steps, model) if model else ([_alone(source, steps, kind)], [])
    inside = sum(len(placing.within(source.found, steps_of(one.place))) for one in shown) + sum(way.findings for way in ways)
    own = tuple(source.found.get(steps, ())) if steps else tuple(source.found.get((), ()))
    return FormPage(
        at=place_of(steps),
        label=_title(source, steps),
        trail=_trail(source, steps),
        fields=tuple(shown),
        ways=tuple(ways),
        remove=place_of(steps) if steps and value is not None and _may_go(source.model, steps) else "",
        findings=own,
        elsewhere=sum(map(len, source.found.values())) - inside - len(own),
        lists=_lists(shown, source.names),
    )


def page_of(model: type[BaseModel], steps: Steps) -> Steps:
    """Return the place of the page on which a place of the file is shown."""
    for length in range(len(steps), 0, -1):
        kind = kind_at(model, steps[:length])
        if kind and _has_page(kind, isinstance(steps[length - 1], int)):
            return steps[:length]
    return ()


def _has_page(kind: Kind, is_entry: bool) -> bool:
    return kind.name == "list" or is_entry or (kind.name == "group" and not _is_small(kind))


def _is_small(kind: Kind) -> bool:
    if kind.model is None:
        return False
    inside = fields_of(kind.model)
    return len(inside) <= MOST_INSIDE and all(one.kind.name not in ("group", "list") for one in inside)


def _record(source: Source, steps: Steps, model: type[BaseModel]) -> tuple[list[Input | Group], list[Way]]:
    shown: list[Input | Group] = []
    ways: list[Way] = []
    for one in fields_of(model):
        here = (*steps, one.key)
        if not steps and one.key == "kind":
            continue
        if one.kind.name == "list" or (one.kind.name == "group" and not _is_small(one.kind)):
            ways.append(_way(source, here, one))
        elif one.kind.name == "group":
            shown.append(_group(source, here, one))
        else:
            shown.append(inputs.make(one, here, naming.value_at(source.value, here), source.names, source.found))
    return shown, ways


def _group(source: Source, steps: Steps, one: Field) -> Group:
    label, hint = naming.words(one.owner, one.key)
    present = naming.value_at(source.value, steps) is not None
    assert one.kind.model is not None
    made = tuple(
        inputs.make(inner, (*steps, inner.key), naming.value_at(source.value, (*steps, inner.key)), source.names, source.found)
        for inner in fields_of(one.kind.model)
    )
    removable = present and (one.kind.nullable or not one.required)
    here = tuple(source.found.get(steps, ()))
    return Group(inputs.id_of(steps), place_of(steps), label, hint, made, present, place_of(steps) if removable else "", here)


def _alone(source: Source, steps: Steps, kind: Kind) -> Input:
    """Return the one field of an entry that is a text."""
    owner = Field(str(steps[-2]) if len(steps) > 1 else "text", "", kind, True)
    return inputs.make(owner, steps, naming.value_at(source.value, steps), source.names, source.found)


def _way(source: Source, steps: Steps, one: Field) -> Way:
    value = naming.value_at(source.value, steps)
    count = len(value) if isinstance(value, list) else 0
    label, _ = naming.words(one.owner, one.key)
    wrong = len(placing.within(source.found, steps))
    return Way(label, place_of(steps), count if one.kind.name == "list" else None, value is not None, wrong)


def _list_page(source: Source, steps: Steps, values: Sequence[Any]) -> FormPage:
    rows = tuple(
        Row(
            naming.summary(value, source.names) or _ENTRY.format(n=number + 1),
            place_of((*steps, number)),
            str(value.get("confidence") or "") if isinstance(value, dict) else "",
            tuple(placing.within(source.found, (*steps, number))),
            place_of((*steps, number - 1)) if number else "",
            place_of((*steps, number)) if number + 1 < len(values) else "",
        )
        for number, value in enumerate(values)
    )
    own = tuple(source.found.get(steps, ()))
    inside = sum(len(row.findings) for row in rows) + len(own)
    return FormPage(
        at=place_of(steps),
        label=_title(source, steps),
        trail=_trail(source, steps),
        rows=rows,
        is_list=True,
        add=place_of((*steps, len(values))),
        findings=own,
        elsewhere=sum(map(len, source.found.values())) - inside,
    )


def _title(source: Source, steps: Steps) -> Text:
    if not steps:
        return _WHOLE
    last = steps[-1]
    if isinstance(last, int):
        value = naming.value_at(source.value, steps)
        return _NEW if value is None else naming.summary(value, source.names) or _ENTRY.format(n=last + 1)
    holder = kind_at(source.model, steps[:-1])
    return naming.words(holder.model.__name__ if holder and holder.model else "", last)[0]


def _trail(source: Source, steps: Steps) -> tuple[Crumb, ...]:
    return tuple(Crumb(_title(source, steps[:length]), place_of(steps[:length])) for length in range(len(steps)))


def _may_go(model: type[BaseModel], steps: Steps) -> bool:
    if isinstance(steps[-1], int):
        return True
    holder = kind_at(model, steps[:-1])
    found = [one for one in fields_of(holder.model) if one.key == steps[-1]] if holder and holder.model else []
    return any(one.kind.nullable or not one.required for one in found)


def _lists(shown: Sequence[Input | Group], names: Names) -> dict[str, Mapping[str, Text]]:
    every = [inner for one in shown for inner in (one.inputs if isinstance(one, Group) else (one,))]
    return {one.refers_to: names[one.refers_to] for one in every if one.refers_to in names}
