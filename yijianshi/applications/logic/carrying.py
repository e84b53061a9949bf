"""Carrying a draft over to a newer version of its thing: what still exists stays as it was, the rest is named.

Values are never rewritten and nothing is invented. A fact stays when the newer version has an element of the same name and type
and, where there are options, still offers the value. What is wrong with a value that stays is told beside its field, as always.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.schema import Element
from yijianshi.kernel.text import Text

Kind = Literal["fact", "material", "choice", "letter"]
Read = Callable[[str], object]  # fact name → its value, opened where it is sealed


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something the newer version no longer takes over, by the name the applicant knew it under."""

    kind: Kind
    name: str
    label: Text

    def to_json(self) -> dict[str, Any]:
        """Return a plain mapping."""
        return {"kind": self.kind, "name": self.name, "label": self.label.to_json()}

    @staticmethod
    def from_json(written: Mapping[str, Any]) -> "Dropped":
        """Return what was written with ``to_json``."""
        return Dropped(written["kind"], written["name"], Text(**written["label"]))


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes along: the facts that stay as stored, those to be sealed or opened anew, and what is dropped."""

    kept: frozenset[str]
    repacked: frozenset[str]
    declined: tuple[str, ...]
    choices: Mapping[str, str]
    dropped: tuple[Dropped, ...]


def carry(
    old: CompiledThing,
    new: CompiledThing,
    *,
    facts: Collection[str],
    read: Read,
    declined: Collection[str],
    choices: Mapping[str, str],
) -> Carried:
    """Return what of a draft goes along from *old* to *new*; a value is only read where its options or its sealing matter."""
    stays = {name: _stays(old, new, name, read) for name in facts}
    kept = frozenset(name for name, yes in stays.items() if yes)
    dropped = [Dropped("fact", name, old.label(name)) for name, yes in stays.items() if not yes]
    ways = {code: way for code, way in choices.items() if way in _ways(new, code)}
    lost = [code for code in choices if code not in ways and code in new.materials_by_code]
    dropped += [Dropped("choice", code, new.materials_by_code[code].name) for code in lost]
    questions = new.questions_by_fact
    return Carried(
        kept=kept,
        repacked=frozenset(name for name in kept if _sealing_changes(old, new, name)),
        declined=tuple(name for name in declined if name in questions and questions[name].unknown is not None),
        choices=ways,
        dropped=tuple(dropped),
    )


def dropped_papers(old: CompiledThing, new: CompiledThing, materials: Collection[str]) -> tuple[Dropped, ...]:
    """Return those of the materials somebody has uploaded files for which the newer version no longer has."""
    gone = [code for code in materials if code not in new.materials_by_code]
    return tuple(Dropped("material", code, _paper(old, code)) for code in gone)


def dropped_letters(new: CompiledThing, agreed: Mapping[str, Mapping[str, Any]]) -> tuple[Dropped, ...]:
    """Return the letters (code → content as agreed) that are gone, or say something else now and must be read again."""
    return tuple(
        Dropped("letter", code, Text(**content["name"]))
        for code, content in agreed.items()
        if not _says_the_same(new, code, content)
    )


def _stays(old: CompiledThing, new: CompiledThing, name: str, read: Read) -> bool:
    before, after = old.elements_by_name.get(name), new.elements_by_name.get(name)
    if before is None or after is None or before.type != after.type:
        return False
    return not after.options or _all_offered(after, read(name))


def _all_offered(element: Element, value: object) -> bool:
    codes = {option.code for option in element.options}
    return all(part in codes for part in (value if isinstance(value, tuple | list) else (value,)))


def _sealing_changes(old: CompiledThing, new: CompiledThing, name: str) -> bool:
    return (old.element(name).sensitivity == "SENSITIVE") != (new.element(name).sensitivity == "SENSITIVE")


def _ways(thing: CompiledThing, code: str) -> set[str]:
    material = thing.materials_by_code.get(code)
    if material is None:
        return set()
    return {str(one.kind) for one in material.satisfiers} | ({"DEFERRED"} if material.deferrable else set())


def _paper(thing: CompiledThing, code: str) -> Text:
    material = thing.materials_by_code.get(code)
    return material.name if material else Text(code, code)


def _says_the_same(thing: CompiledThing, code: str, content: Mapping[str, Any]) -> bool:
    letter = thing.letters_by_code.get(code)
    return letter is not None and letter.model_dump(mode="json") == content
