"""C90x: what is repeated for each object names one that can be, is counted by a question, and keeps to its own object."""

import re
from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.reach import counted_by, item_rules, names_in
from yijianshi.catalogue.logic.schema import ElementType, Entity, Item, Material, Thing
from yijianshi.kernel.text import Text

_NO_OBJECT = Text(
    "repeat 写的“{entity}”不是可以有多个的组。请写词典里带 repeats 的组，或去掉 repeat。",
    "'{entity}' in repeat is no entity that there can be several of. Name one whose dictionary says repeats, or remove it.",
)
_NO_COUNT = Text(
    "“{fact}”不能用来说有几个：它必须是整数（INT）数据元，而且不属于会重复的组。请换一个数据元。",
    "'{fact}' cannot say how many there are: it must be a whole number (INT) outside the repeated entities. Use another element.",
)
_UNASKED = Text(
    "“{item}”要按“{fact}”办几次，但这件事没有问它。请在 questions 里加上这个问题。",
    "'{item}' is handled as often as '{fact}' says, but this thing does not ask for it. Add the question.",
)
_FOREIGN = Text(
    "“{item}”按“{own}”一个个办，却用到“{fact}”，分不清是哪一个的。请去掉它，或拆成两个事项。",
    "'{item}' is handled for each '{own}', yet uses '{fact}': which one's is unclear. Remove it, or make two items of it.",
)
_WHICH = Text(
    "这里用到“{fact}”，但“{entity}”可以有多个，分不清是哪一个的。只有按它重复的事项（repeat）才能这样用。",
    "'{fact}' is used here, but there can be several of '{entity}': which one's is unclear. Only an item repeated for it may.",
)
_RESERVED = Text(
    "“{name}”是留给第{number}个“{base}”的名字。请换一个名字。",
    "'{name}' is kept as the name of object {number} of '{base}'. Use another name.",
)
_NO_NUMBER = Text(
    "each 里要有 {place}，不然每一个都叫同样的名字。", "each must contain {place}; otherwise all of them have the same name."
)


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about repeated entities, and the items and materials repeated for them."""
    for entity in library.entities.values():
        yield from _counts(library, entity)
    for material in library.materials.values():
        yield from _objects(library, material)
    for item in library.items.values():
        yield from _objects(library, item)
        yield from _foreign(library, item)
    for thing in library.things.values():
        yield from _in_thing(library, thing)
    yield from _names(library)


def _repeated(library: Library) -> set[str]:
    return {code for code, document in library.entities.items() if document.model.repeats}


def _counts(library: Library, document: Document[Entity]) -> Iterator[Finding]:
    repeats = document.model.repeats
    if repeats is None:
        return
    count = library.elements.get(repeats.count)
    if count is None or count.model.type is not ElementType.INT or count.model.entity in _repeated(library):
        yield Finding("C902", document.where("repeats"), _NO_COUNT.format(fact=repeats.count))
    if repeats.each and not all("{number}" in words for words in (repeats.each.zh, repeats.each.en)):
        yield Finding("C906", document.where("repeats"), _NO_NUMBER.format(place="{number}"))


def _objects(library: Library, document: Document[Item] | Document[Material]) -> Iterator[Finding]:
    if document.model.repeat is not None and document.model.repeat not in _repeated(library):
        yield Finding("C901", document.where("repeat"), _NO_OBJECT.format(entity=document.model.repeat))


def _foreign(library: Library, document: Document[Item]) -> Iterator[Finding]:
    """An item about one object may use its own, and what there is once; not another object's facts or papers."""
    item = document.model
    others = _repeated(library) - {item.repeat}
    used = {need.fact for need in item.needs} if item.repeat else set()
    used |= set(item.produces.facts)
    used |= {name for rule in item_rules(item) for name in names_in(rule)} if item.repeat else set()
    for fact in sorted(used):
        if fact.partition(".")[0] in others:
            if item.repeat:
                yield Finding("C903", document.where("needs"), _FOREIGN.format(item=item.name, own=item.repeat, fact=fact))
            else:
                yield Finding("C904", document.where("produces"), _WHICH.format(fact=fact, entity=fact.partition(".")[0]))
    for position, use in enumerate(item.materials if item.repeat else ()):
        paper = library.materials.get(use.material)
        if paper and paper.model.repeat in others:
            text = _FOREIGN.format(item=item.name, own=item.repeat, fact=use.material)
            yield Finding("C903", document.where("materials", position), text)


def _in_thing(library: Library, document: Document[Thing]) -> Iterator[Finding]:
    thing, repeated = document.model, _repeated(library)
    asked = {question.fact for question in thing.questions}
    places: list[tuple[tuple[str, int], str, str | None]] = [
        (("conditions", n), condition.rule, None) for n, condition in enumerate(thing.conditions)
    ]
    places += [(("windows", n), window.when, None) for n, window in enumerate(thing.windows) if window.when]
    for position, use in enumerate(thing.items):
        item = library.items.get(use.item)
        if item is None:
            continue
        for fact in sorted(counted_by(library, item.model) - asked):
            yield Finding("C902", document.where("items", position), _UNASKED.format(item=item.model.name, fact=fact))
        places.append((("items", position), use.when or "True", item.model.repeat))
    for steps, rule, own in places:
        for fact in sorted(names_in(rule)):
            entity = fact.partition(".")[0]
            if entity in repeated - {own}:
                yield Finding("C904", document.where(*steps), _WHICH.format(fact=fact, entity=entity))


def _names(library: Library) -> Iterator[Finding]:
    """``vehicle_2`` and codes ending in ``-2`` belong to the second object."""
    kinds = (
        ("_", library.entities, _repeated(library)),
        ("-", library.items, {code for code, document in library.items.items() if document.model.repeat}),
        ("-", library.materials, {code for code, document in library.materials.items() if document.model.repeat}),
    )
    for sign, documents, repeated in kinds:
        for code, document in documents.items():
            found = re.fullmatch(rf"(.+){sign}(\d+)", code)
            if found and found.group(1) in repeated:
                text = _RESERVED.format(name=code, base=found.group(1), number=found.group(2))
                yield Finding("C905", document.where("code"), text)
