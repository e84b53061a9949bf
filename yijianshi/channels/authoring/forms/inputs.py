"""One field of a form: how it is shown, what stands in it now, what the check says about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yijianshi.catalogue.logic.authoring.editing import place_of
from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.authoring.rendering import bare, in_block
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.channels.authoring.forms import naming, options, placing
from yijianshi.channels.authoring.forms.kinds import Field
from yijianshi.channels.authoring.forms.placing import Placed
from yijianshi.kernel.text import Text

Names = Mapping[str, Mapping[str, Text]]
LONG = 60  # characters from which a text gets several rows
_SAYS = {"true": Text("是", "Yes"), "false": Text("否", "No")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice."""

    code: str
    label: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One field; ``place`` is its name in the form, ``now`` the name of what its code refers to."""

    id: str
    place: str
    label: Text
    hint: Text | None
    control: str
    required: bool
    value: str = ""
    value_en: str = ""
    choices: tuple[Choice, ...] = ()
    refers_to: str = ""
    now: Text | None = None
    rows: int = 1
    findings: tuple[Finding, ...] = field(default_factory=tuple)


def make(one: Field, steps: Steps, value: Any, names: Names, found: Placed) -> Input:
    """Return the field at a place with what stands there."""
    label, hint = naming.words(one.owner, one.key)
    refers = naming.refers_to(one.owner, one.key)
    control = "choice" if one.kind.name in ("yes_no",) or _is_coded(one) else one.kind.name
    zh, en = written(one.kind.name, value)
    return Input(
        id=id_of(steps),
        place=place_of(steps),
        label=label,
        hint=hint,
        control=control,
        required=one.required and not one.kind.nullable,
        value=zh,
        value_en=en,
        choices=_choices(one, value),
        refers_to=refers,
        now=names.get(refers, {}).get(zh) if refers else None,
        rows=max(2, zh.count("\n") + 1) if control in ("words", "raw") else 3 if max(len(zh), len(en)) > LONG else 1,
        findings=tuple(placing.within(found, steps)),
    )


def written(kind: str, value: Any) -> tuple[str, str]:
    """Return a value as a form shows it: one text, or Chinese and English."""
    if kind in ("bilingual", "citation"):
        if isinstance(value, dict):
            return str(value.get("zh") or ""), str(value.get("en") or "")
        return ("" if value is None else str(value)), ""
    if kind == "raw":
        return ("" if value in (None, {}, []) else in_block(value, 0)), ""
    if kind in ("words", "checks"):
        return "\n".join(map(_word, value)) if isinstance(value, list) else "", ""
    return _word(value), ""


def id_of(steps: Steps) -> str:
    """Return the anchor of a place."""
    return "f" + place_of(steps).replace("/", "-")


def _is_coded(one: Field) -> bool:
    return one.key == "task_type"


def _choices(one: Field, value: Any) -> tuple[Choice, ...]:
    chosen = set(map(_word, value)) if isinstance(value, list) else {_word(value)}
    if one.kind.name == "yes_no":
        return tuple(Choice(code, label, code in chosen) for code, label in _SAYS.items())
    codes = one.kind.options or (options.codes_of(one.key) if _is_coded(one) else ())
    known = tuple(Choice(code, options.words_for(one.owner, one.key, code), code in chosen) for code in codes)
    strange = [code for code in sorted(chosen - set(codes)) if code and codes]
    return (*known, *(Choice(code, Text(code, code), True) for code in strange))


def _word(value: Any) -> str:
    if value is None:
        return ""
    return in_block(value, 0) if isinstance(value, Mapping | list | tuple) else bare(value)
