"""办事指南: all that 河南省优化营商环境条例 art. 28 wants said of a thing or item, made from the content."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yijianshi.catalogue.logic import code_tables as tables
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledItem, CompiledThing
from yijianshi.catalogue.logic.item_standard import derived
from yijianshi.catalogue.logic.item_standard.subject import Office, Subject
from yijianshi.catalogue.logic.planning.items import result_of
from yijianshi.catalogue.logic.prepared import Prepared, item_key, prepare, use_key
from yijianshi.catalogue.logic.promise import longest_promise
from yijianshi.catalogue.logic.schema import Material
from yijianshi.kernel.rules import Expr
from yijianshi.kernel.rules.ir import And, Not, Or, children
from yijianshi.kernel.rules.wording import Wording
from yijianshi.kernel.text import Text

OfficeOf = Callable[[str], Office | None]  # by kind of department
_LONGEST_CONDITION = 3  # statements; what is longer is asked step by step in the guided questions
_ASKED = Text("看情况，回答几个问题就知道", "In some cases; a few questions tell")
_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")  # Chinese needs no blanks
_ALWAYS = Text("都要", "Always")
_WITH = Text("办“{items}”时要", "With: {items}")
_WHEN = Text("{why}的", "If {why}")


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One item of the guide: everything it is described by, and when it is part of the whole."""

    subject: Subject
    when: Text | None

    @property
    def code(self) -> str:
        """Return the item's code."""
        return self.subject.item.code


@dataclass(frozen=True, slots=True)
class GuideMaterial:
    """One material of the guide, named once however many items ask for it."""

    material: Material
    when: Text
    asked_by: tuple[Text, ...]
    is_exempt: bool
    by_commitment: bool


@dataclass(frozen=True, slots=True)
class ServiceGuide:
    """The whole guide of one thing or item in one region."""

    thing: CompiledThing
    items: tuple[GuideItem, ...]
    materials: tuple[GuideMaterial, ...]
    promised_working_days: int
    region: str
    region_name: str

    @property
    def has_waits(self) -> bool:
        """Say whether a public notice or statutory wait may come on top of the promise."""
        return any(use.definition.timer for use in self.thing.items)

    @property
    def is_single(self) -> bool:
        """Return whether the guide is about one item on its own."""
        return self.thing.code.startswith(SINGLE_PREFIX)

    @property
    def deferrable(self) -> list[GuideMaterial]:
        """Return what may follow later (容缺受理)."""
        return [one for one in self.materials if one.material.deferrable]

    @property
    def by_commitment(self) -> list[GuideMaterial]:
        """Return what a commitment may stand in for (告知承诺)."""
        return [one for one in self.materials if one.by_commitment]


@dataclass(frozen=True, slots=True)
class Place:
    """The region a guide is made for; empty before one is chosen."""

    region: str = ""
    name: str = ""


def service_guide(thing: CompiledThing, place: Place, office_of: OfficeOf, version: int) -> ServiceGuide:
    """Return the guide of a thing as a region offers it; *office_of* finds who is competent there."""
    prepared = prepare(thing)
    names = {use.code: use.definition.name for use in thing.items}
    return ServiceGuide(
        thing=thing,
        items=tuple(_item(prepared, use, place, office_of, version) for use in thing.items),
        materials=tuple(_material(prepared, material, names) for material in thing.materials),
        promised_working_days=longest_promise(_as_offered(thing, place.region)),
        region=place.region,
        region_name=place.name,
    )


def _as_offered(thing: CompiledThing, region: str) -> CompiledThing:
    items = tuple(use.model_copy(update={"definition": thing.item_in(use.code, region).item}) for use in thing.items)
    return thing.model_copy(update={"items": items})


def _item(prepared: Prepared, use: CompiledItem, place: Place, office_of: OfficeOf, version: int) -> GuideItem:
    thing = prepared.thing
    bound = thing.item_in(use.code, place.region)
    item = bound.item
    subject = Subject(
        item=item,
        materials=[thing.materials_by_code[one.material] for one in item.materials],
        certificates=[thing.certificates_by_code[code] for code in item.produces.certificates],
        result=result_of(thing, item),
        region=place.region,
        region_name=place.name,
        office=office_of(item.department.kind),
        department=thing.department(item.department.kind),
        version=version,
        effective_on=thing.effective_on,
        said_by=bound.said_by,
    )
    return GuideItem(subject, _in_words(prepared, item_key(use.code)) if use.when else None)


def _material(prepared: Prepared, material: Material, names: dict[str, Text]) -> GuideMaterial:
    whens: list[Text] = []
    sometimes: list[Text] = []  # items that do not apply to everybody, but always ask for it where they do
    asked_by: list[Text] = []
    for use in prepared.thing.items:
        for position, one in enumerate(use.definition.materials):
            if one.material == material.code:
                asked_by.append(names[use.code])
                if one.when:
                    whens.append(_in_words(prepared, use_key(use.code, position)))
                elif use.when:
                    sometimes.append(names[use.code])
                else:
                    whens.append(_ALWAYS)
    whens += [_with(sometimes)] if sometimes else []
    when = whens[0] if len(set(whens)) == 1 else _ASKED
    return GuideMaterial(
        material,
        when=_ALWAYS if _ALWAYS in whens else when,
        asked_by=tuple(dict.fromkeys(asked_by)),
        is_exempt=derived.is_exempt(material),
        by_commitment=bool(derived.by_commitment([material])),
    )


def _with(items: Sequence[Text]) -> Text:
    each = named_once(items)
    return _WITH.format(items=Text("”“".join(one.zh for one in each), ", ".join(one.en for one in each)))


def _in_words(prepared: Prepared, key: str) -> Text:
    """Return a short rule in words; a long one is left to the guided questions."""
    expr = prepared.exprs[key]
    if _statements(expr) > _LONGEST_CONDITION or _mixed(expr):
        return _ASKED
    why = Wording(prepared.labels, prepared.value_labels).phrase(expr)
    return _WHEN.format(why=Text(_GAP.sub("", why.zh), why.en))


def _statements(expr: Expr) -> int:
    if isinstance(expr, And | Or | Not):
        return sum(_statements(child) for child in children(expr))
    return 1


def _mixed(expr: Expr) -> bool:
    return isinstance(expr, And | Or) and any(isinstance(child, And | Or | Not) for child in children(expr))


def forms_of(guide: ServiceGuide) -> tuple[Text, ...]:
    """Return the ways to apply that every item of the guide allows."""
    common = [code for code in tables.HANDLE_FORM if all(code in derived.forms(one.subject.item) for one in guide.items)]
    return tuple(tables.HANDLE_FORM[code] for code in common)


def named_once(texts: Sequence[Text]) -> tuple[Text, ...]:
    """Return texts without those said before."""
    return tuple(dict.fromkeys(texts))
