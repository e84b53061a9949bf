"""C92x: who acts besides the authority and the applicant: bodies that are no authority, parties, and what is charged."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.reach import fee_rules, names_in
from yijianshi.catalogue.logic.schema import ElementType, Item, Thing
from yijianshi.kernel.rules.functions import region_prefix
from yijianshi.kernel.text import Text

_NO_AUTHORITY = Text(
    "“{item}”由{nature}办理，不是行政机关的决定：remedies 要写 null（改用投诉渠道），procedure 要写 NONE，task_type 要写 20。",
    "'{item}' is done by {nature}, not decided by an authority: write remedies: null (people complain elsewhere),"
    " licensing_law: NONE and task_type 20.",
)
_MIXED = Text(
    "同一类单位“{kind}”在别的事项里是 {other}，这里却是 {nature}。一类单位只有一种性质，请改成一样的。",
    "Bodies of kind '{kind}' are {other} in another item and {nature} here. A kind of body has one nature; make them the same.",
)
_NOWHERE = Text(
    "写了只在哪些地方开通（offered_in），就要写 department.region_from，才知道办在哪里。",
    "Where an item is offered only in some places (offered_in), department.region_from must say where it is handled.",
)
_UNASKED_PLACE = Text(
    "“{item}”只在一些地方开通，要先问“{fact}”才知道办不办。请把它加进 questions。",
    "'{item}' is offered only in some places, so '{fact}' must be among the questions.",
)
_BACKWARDS = Text("这条标准的失效日早于生效日，请对调或改正。", "This rate ends before it begins. Swap or correct the dates.")
_UNKNOWN_SUM = Text(
    "收费取决于“{fact}”，但这个事项的 needs 里没有它，算不出来。请加进 needs。",
    "The fee depends on '{fact}', which is not among the item's needs, so it cannot be worked out. Add it to needs.",
)
_NO_ID = Text(
    "“{fact}”不能用来找到这位当事人：它要是 {entity} 这一组里的身份证号（ID_NUMBER）。",
    "'{fact}' cannot find this party: it must be an ID number (ID_NUMBER) of the group '{entity}'.",
)
_UNUSED_PARTY = Text(
    "没有事项需要“{fact}”，这位当事人永远不会被请来确认。请把它加进相关事项的 needs。",
    "No item needs '{fact}', so this party would never be asked. Add it to the needs of the items concerned.",
)
_PARTY_TWICE = Text("“{entity}”列了两次，请合成一条。", "'{entity}' is listed twice; make it one.")
_PARTY_RULE = Text(
    "要不要请当事人确认取决于“{fact}”，但没有人问它。请加一个问题，或加进 needs。",
    "Whether the party is asked depends on '{fact}', which nobody asks. Add a question, or list it under an item's needs.",
)
_CHEERFUL = Text(
    "这件事的语气是庄重的（SOBER），不要用“{word}”。请换成平静的说法。",
    "The tone of this thing is sober (SOBER), so avoid '{word}'. Use calm words.",
)
_CHEER = re.compile(r"恭喜|祝贺|祝您|太好了|喜|顺利|[!！]|\b(?:congratulat\w*|great|happy|enjoy|welcome)\b", re.I)
_NATURES = {
    "UTILITY": Text("公用事业单位", "a utility"),
    "BANK": Text("银行", "a bank"),
    "ORGANISATION": Text("社会组织或服务机构", "another organisation"),
}


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about bodies that are no authority, places, fees, parties and the tone."""
    natures: dict[str, str] = {}
    for item in library.items.values():
        yield from _nature(item, natures)
        yield from _places(item)
        yield from _fees(item)
    for thing in library.things.values():
        items = [library.items[use.item].model for use in thing.model.items if use.item in library.items]
        yield from _asked_places(thing, library)
        yield from _parties(thing, library, items)
        if thing.model.tone == "SOBER":
            yield from _tone(thing)


def _nature(document: Document[Item], natures: dict[str, str]) -> Iterator[Finding]:
    item = document.model
    kind = item.department.kind
    known = natures.setdefault(kind, item.nature)
    if known != item.nature:
        text = _MIXED.format(kind=kind, other=known, nature=item.nature)
        yield Finding("C922", document.where("department", "kind"), text)
    if item.nature == "AUTHORITY":
        return
    if item.remedies is not None or item.under_licensing_law != "NONE" or item.task_type != "20":
        text = _NO_AUTHORITY.format(item=item.name, nature=_NATURES[item.nature])
        yield Finding("C921", document.where("nature"), text)


def _places(document: Document[Item]) -> Iterator[Finding]:
    if document.model.offered_in and document.model.department.region_from is None:
        yield Finding("C923", document.where("offered_in"), _NOWHERE)


def _asked_places(document: Document[Thing], library: Library) -> Iterator[Finding]:
    asked = {question.fact for question in document.model.questions}
    for position, use in enumerate(document.model.items):
        item = library.items[use.item].model if use.item in library.items else None
        fact = item.department.region_from if item else None
        if item is None or not item.offered_in or fact is None or fact in asked:
            continue
        if not any(document.model.region.startswith(region_prefix(one)) for one in item.offered_in):
            text = _UNASKED_PLACE.format(item=item.name, fact=fact)
            yield Finding("C924", document.where("items", position), text)


def _fees(document: Document[Item]) -> Iterator[Finding]:
    item = document.model
    needed = {need.fact for need in item.needs} | {item.department.region_from}
    for position, rate in enumerate(item.fee.rates if item.fee else ()):
        if rate.valid_to is not None and _before(rate.valid_to, rate.valid_from):
            yield Finding("C925", document.where("fee", "rates", position), _BACKWARDS)
    for name in sorted({name for rule in fee_rules(item) for name in names_in(rule)} - needed):
        yield Finding("C926", document.where("fee"), _UNKNOWN_SUM.format(fact=name))


def _before(one: date, other: date) -> bool:
    return one < other


def _parties(document: Document[Thing], library: Library, items: list[Item]) -> Iterator[Finding]:
    thing = document.model
    needed = {need.fact for item in items for need in item.needs}
    known = needed | {question.fact for question in thing.questions}
    seen: set[str] = set()
    for position, party in enumerate(thing.parties):
        where = document.where("parties", position, "id_number")
        element = library.elements.get(party.id_number)
        if element is not None and (element.model.type, element.model.entity) != (ElementType.ID_NUMBER, party.entity):
            yield Finding("C927", where, _NO_ID.format(fact=party.id_number, entity=party.entity))
        if element is not None and party.id_number not in needed:
            yield Finding("C928", where, _UNUSED_PARTY.format(fact=party.id_number))
        if party.entity in seen:
            yield Finding("C929", document.where("parties", position, "entity"), _PARTY_TWICE.format(entity=party.entity))
        seen.add(party.entity)
        for name in sorted(names_in(party.when) & library.elements.keys() - known):
            yield Finding("C928", document.where("parties", position, "when"), _PARTY_RULE.format(fact=name))


def _tone(document: Document[Thing]) -> Iterator[Finding]:
    thing = document.model
    texts: Mapping[tuple[str, ...], Text] = {
        ("name",): thing.name,
        ("summary",): thing.summary,
        ("texts", "intro"): thing.texts.intro,
        ("texts", "after_submit"): thing.texts.after_submit,
        ("texts", "done"): thing.texts.done,
    }
    for place, text in texts.items():
        found = _CHEER.search(text.zh) or _CHEER.search(text.en)
        if found:
            yield Finding("C930", document.where(*place), _CHEERFUL.format(word=found.group()))
