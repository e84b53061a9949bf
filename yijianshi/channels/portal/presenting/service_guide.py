"""办事指南 as a page shows it: sections in the order people ask, an item's own words only where items differ."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import service_guide as guides
from yijianshi.catalogue.logic import windows
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, SOME_DEPARTMENT
from yijianshi.catalogue.logic.item_standard import derived
from yijianshi.catalogue.logic.item_standard.elements import Described, basis_in_words, describe
from yijianshi.catalogue.logic.item_standard.subject import Office
from yijianshi.channels.portal.presenting import regions
from yijianshi.foundation import regions as divisions
from yijianshi.identity import queries as identity
from yijianshi.kernel.text import Text

Rows = list[tuple[Text, tuple[Text, ...]]]  # what several items say in common, said once: names of the items, the words


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the guide in words."""

    guide: guides.GuideItem
    department: Text
    promise: Text
    legal: Text
    depth: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template shows."""

    guide: guides.ServiceGuide
    version: int
    effective_on: date
    lines: list[Line]
    forms: tuple[Text, ...]
    visits: int
    fees: bool
    conditions: Rows
    review: Rows
    steps: Rows
    specials: Rows
    bases: Rows
    remedies: Rows
    rights: tuple[Text, ...]
    duties: tuple[Text, ...]
    slots: tuple[windows.Slot, ...]
    elements: list[Described]
    begin: str
    parts: tuple[regions.Part, ...]

    @property
    def has_faq(self) -> bool:
        """Return whether any item answers common questions."""
        return any(line.guide.subject.item.faq for line in self.lines)


def page(code: str, region: str, on: date) -> Page:
    """Return the guide of the one-thing or single item in force on the day. Raises ThingNotPublished.

    An unknown region counts as not chosen.
    """
    found = code if code.startswith(SINGLE_PREFIX) or catalogue.find_current_id(code, on) else SINGLE_PREFIX + code
    version_id, thing = catalogue.get_current(found, on)
    card = next(card for card in catalogue.list_versions(found) if card.id == version_id)
    name = divisions.full_name(region)
    place = guides.Place(region, name) if name else guides.Place()
    return _page(guides.service_guide(thing, place, lambda kind: _office(kind, place.region), card.version), card)


def _page(guide: guides.ServiceGuide, card: catalogue.VersionCard) -> Page:
    lines = [_line(one) for one in guide.items]
    items = [line.guide.subject.item for line in lines]
    return Page(
        guide=guide,
        version=card.version,
        effective_on=card.effective_on,
        lines=lines,
        forms=guides.forms_of(guide),
        visits=sum(item.visits.count for item in items),
        fees=any(item.fee for item in items),
        conditions=_said_once(lines, lambda line: derived.conditions(line.guide.subject.item, _names_of(line))),
        review=_said_once(lines, lambda line: derived.review(line.guide.subject.item)),
        steps=_said_once(lines, lambda line: derived.steps(line.guide.subject.item)),
        specials=_said_once(lines, _specials),
        bases=_said_once(lines, lambda line: tuple(basis_in_words(one) for one in line.guide.subject.item.legal_basis)),
        remedies=_said_once(lines, _remedies),
        rights=guides.named_once([text for item in items for text in derived.rights(item)]),
        duties=guides.named_once([text for item in items for text in derived.duties(item)]),
        slots=windows.slots(guide.thing),
        elements=[one for one in describe(lines[0].guide.subject) if one.values] if guide.is_single else [],
        begin=guide.thing.code,
        parts=regions.parts(guide.region),
    )


def _line(one: guides.GuideItem) -> Line:
    item = one.subject.item
    return Line(
        guide=one,
        department=one.subject.office.name if one.subject.office else one.subject.department or SOME_DEPARTMENT,
        promise=derived.promised_limit(item),
        legal=derived.legal_limit(item),
        depth=derived.depth(item),
    )


def _said_once(lines: list[Line], say: Callable[[Line], tuple[Text, ...]]) -> Rows:
    together: dict[tuple[Text, ...], list[Text]] = {}
    for line in lines:
        together.setdefault(say(line), []).append(line.guide.subject.item.name)
    return [(_listed(names), texts) for texts, names in together.items() if texts]


def _listed(names: list[Text]) -> Text:
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _specials(line: Line) -> tuple[Text, ...]:
    return tuple(
        Text("{name}，{limit}", "{name}, {limit}").format(name=one.name, limit=one.limit) if one.limit else one.name
        for one in derived.special_procedures(line.guide.subject.item)
    )


def _remedies(line: Line) -> tuple[Text, ...]:
    remedies = line.guide.subject.item.remedies
    return (remedies.review, remedies.litigation) if remedies else ()


def _names_of(line: Line) -> str:
    return "、".join(divisions.full_name(code) or code for code in line.guide.subject.item.offered_in)


def _office(kind: str, region: str) -> Office | None:
    card = identity.find_competent_organisation(kind, region) if region else None
    if card is None:
        return None
    return Office(card.name, card.uscc, card.level, card.address, card.phone, card.complaint_phone)
