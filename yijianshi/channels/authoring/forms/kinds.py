"""What kind of field each part of a content file becomes, read from its model."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.schema import Citation, T
from yijianshi.catalogue.logic.schema.base import Rule

_PLAIN: dict[Any, str] = {str: "text", int: "number", Decimal: "decimal", bool: "yes_no", date: "date"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of field: ``name`` says how it is shown; ``model`` and ``entry`` lead further down, ``options`` are its codes.

    name: text, rule, number, decimal, yes_no, date, choice, bilingual, citation, words (plain entries, a line each), checks,
    group (one record), list (many), raw (anything, as YAML).
    """

    name: str
    nullable: bool = False
    model: type[BaseModel] | None = None
    entry: "Kind | None" = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model: the key in the file, the kind, and whether it must be there."""

    key: str
    owner: str
    kind: Kind
    required: bool


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """Return the fields of a model in order, by the keys of the file."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(_field(model, name, info, hints[name]) for name, info in model.model_fields.items())


def kind_at(model: type[BaseModel], steps: Steps) -> Kind | None:
    """Return the kind at these steps of a file of this model, or None where there is no such place."""
    kind: Kind | None = Kind("group", model=model)
    for step in steps:
        if kind is None:
            return None
        if kind.model is not None and isinstance(step, str):
            kind = next((field.kind for field in fields_of(kind.model) if field.key == step), None)
        else:
            kind = kind.entry if isinstance(step, int) else None
    return kind


def _field(model: type[BaseModel], name: str, info: FieldInfo, hint: Any) -> Field:
    return Field(info.alias or name, model.__name__, _kind(hint), info.is_required())


def _kind(hint: Any) -> Kind:
    """Return the kind of a type as written in a model."""
    if get_origin(hint) in (Union, UnionType):
        inner = [part for part in get_args(hint) if part is not NoneType]
        kind = _kind(inner[0]) if len(inner) == 1 else Kind("raw")
        return Kind(kind.name, True, kind.model, kind.entry, kind.options)
    for known, name in ((Citation, "citation"), (T, "bilingual"), (Rule, "rule")):
        if hint == known:
            return Kind(name)
    if get_origin(hint) is Annotated:
        return _kind(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return _many(_kind(get_args(hint)[0]))
    if get_origin(hint) is Literal:
        return Kind("choice", options=tuple(str(one) for one in get_args(hint)))
    return _of_class(hint)


def _many(entry: Kind) -> Kind:
    if entry.name == "choice":
        return Kind("checks", options=entry.options)
    return Kind("words") if entry.name == "text" else Kind("list", entry=entry)


def _of_class(hint: Any) -> Kind:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return Kind("group", model=hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Kind("choice", options=tuple(str(one.value) for one in hint))
    return Kind(_PLAIN.get(hint, "raw"))
