"""C5xx: what is asked matters, and what matters is asked."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.reach import counted_by, item_rules, names_in
from yijianshi.catalogue.logic.schema import Element, ElementType, Item, SupplierKind, Thing
from yijianshi.kernel.text import Text

_IDLE = Text(
    "没有任何条件取决于“{fact}”，问了也不改变结果。请删去这个问题，或在条件里用上它。",
    "Nothing depends on '{fact}', so asking changes nothing. Remove the question, or use it in a condition.",
)
_UNASKED = Text(
    "条件里用到“{fact}”，但在这件事里没有人能提供它：既不是引导问题，也不是表单项，也没有来源。请加一个问题，或加进 needs。",
    "A condition uses '{fact}', but nobody can supply it in this thing: no question, no form field, no source."
    " Add a question for it, or list it under an item's needs.",
)
_TOO_LATE = Text(
    "“{fact}”要等事项办结才知道，不能用来决定要不要办某个事项或走哪条路。请换一个申请时就知道的事实。",
    "'{fact}' is only known once an item is done, so it cannot decide which items apply or which route to take."
    " Use a fact that is known when applying.",
)
_NO_OPTIONS = Text(
    "“{fact}”是选择题，但没有写选项（options），市民没有东西可选。",
    "'{fact}' is a choice, but it has no options, so there is nothing to choose from.",
)
_TWICE = Text("“{fact}”问了两次，请只留一个。", "'{fact}' is asked twice; keep one.")
_MISPLACED = Text(
    "表单分组“{entity}”里写了别组的数据元“{fact}”。请移到它自己的分组。",
    "The form group '{entity}' lists '{fact}', which belongs to another group. Move it there.",
)
_CHOICES = {ElementType.CODE, ElementType.LIST}


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about idle questions, conditions nobody can answer, and choices without options."""
    for element in library.elements.values():
        yield from _choices(element)
    for document in library.things.values():
        items = [library.items[use.item].model for use in document.model.items if use.item in library.items]
        yield from _idle(document, library, items)
        yield from _unasked(document, library, items)
        yield from _form(document)


def _choices(document: Document[Element]) -> Iterator[Finding]:
    element = document.model
    if element.type in _CHOICES and not element.options:
        yield Finding("C503", document.where("type"), _NO_OPTIONS.format(fact=element.name))


def _thing_rules(thing: Thing) -> list[str]:
    return [use.when for use in thing.items if use.when] + [condition.rule for condition in thing.conditions]


def _supplier_rules(library: Library, items: list[Item]) -> list[str]:
    needed = {need.fact for item in items for need in item.needs}
    elements = [library.elements[name].model for name in sorted(needed) if name in library.elements]
    return [supplier.when for element in elements for supplier in element.suppliers if supplier.when]


def _names(rules: list[str]) -> set[str]:
    return {name for rule in rules for name in names_in(rule)}


def _idle(document: Document[Thing], library: Library, items: list[Item]) -> Iterator[Finding]:
    decisive = _names(_thing_rules(document.model)) | _names([rule for item in items for rule in item_rules(item)])
    decisive |= _names(_supplier_rules(library, items)).union(*(counted_by(library, item) for item in items))
    decisive |= {item.department.region_from for item in items if item.offered_in and item.department.region_from}
    seen: set[str] = set()
    for position, question in enumerate(document.model.questions):
        if question.fact not in decisive:
            yield Finding("C501", document.where("questions", position), _IDLE.format(fact=question.fact))
        if question.fact in seen:
            yield Finding("C506", document.where("questions", position), _TWICE.format(fact=question.fact))
        seen.add(question.fact)


def _unasked(document: Document[Thing], library: Library, items: list[Item]) -> Iterator[Finding]:
    thing = document.model
    asked = {question.fact for question in thing.questions}
    needed = {need.fact for item in items for need in item.needs}
    produced = {fact for item in items for fact in item.produces.facts}
    places = [(document.where("items", position), use.when) for position, use in enumerate(thing.items)]
    places += [(document.where("conditions", position), condition.rule) for position, condition in enumerate(thing.conditions)]
    for where, rule in places:
        for name in sorted(names_in(rule) & library.elements.keys()):
            if name in produced - asked:
                yield Finding("C504", where, _TOO_LATE.format(fact=name))
            elif name not in asked | needed and not _supplied(library, name):
                yield Finding("C502", where, _UNASKED.format(fact=name))
    inner = _names([rule for item in items for rule in item_rules(item)]) | _names(_supplier_rules(library, items))
    for name in sorted(inner & library.elements.keys() - asked - needed - produced):
        if not _supplied(library, name):
            yield Finding("C502", document.where("questions"), _UNASKED.format(fact=name))


def _supplied(library: Library, name: str) -> bool:
    """An earlier application alone supplies nothing the first time."""
    return any(supplier.kind is not SupplierKind.PRIOR for supplier in library.elements[name].model.suppliers)


def _form(document: Document[Thing]) -> Iterator[Finding]:
    for position, group in enumerate(document.model.form):
        for index, name in enumerate(group.elements):
            if name.partition(".")[0] != group.entity:
                text = _MISPLACED.format(entity=group.entity, fact=name)
                yield Finding("C507", document.where("form", position, "elements", index), text)
