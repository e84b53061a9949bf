"""C85x: the lists of key matters are whole, say plainly what is unknown, and agree with the one-things that name them."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.plain_errors import did_you_mean
from yijianshi.catalogue.logic.schema.matter_list import DOMAINS, Matter, MatterList
from yijianshi.catalogue.logic.schema.thing import Thing
from yijianshi.kernel.text import Text

_HERE = ("PILOT", "IN_OPERATION")

_TWICE = Text(
    "清单编号“{code}”用了两次，另一处在 {where}。一个编号只能是一件事，请改其中一个。",
    "The list code '{code}' is used twice, also at {where}. One code stands for one matter; change one of them.",
)
_COUNT = Text(
    "公布的是 {count} 项，这里写了 {found} 项。不知道名称的也要占一条（name: null），请补齐，或改 count。",
    "{count} entries were announced, {found} are here. One whose name is unknown has a line too (name: null). Add them, or mend"
    " count.",
)
_NUMBERING = Text(
    "编号“{code}”和清单对不上，应当以“{start}”开头。请改编号，或核对清单的年份、批次。",
    "The code '{code}' does not fit its list; it should begin with '{start}'. Change it, or check the list's year and batch.",
)
_NAMELESS = Text(
    "“{code}”还没有名称，把握程度却写 {confidence}。没有核实到名称的，请写 confidence: unconfirmed。",
    "'{code}' has no name, yet its confidence is {confidence}. Write confidence: unconfirmed until the name is found.",
)
_LIFE_CYCLE = Text(
    "“{name}”没有写是个人的事还是经营主体的事。请写 life_cycle: PERSON 或 BUSINESS。",
    "'{name}' does not say whose life cycle it belongs to. Write life_cycle: PERSON or BUSINESS.",
)
_DOMAIN = Text(
    "领域“{domain}”不在国办发〔2025〕24号列出的领域里。{life_cycle} 可以写：{known}。",
    "The domain '{domain}' is not one of those in 国办发〔2025〕24号. For {life_cycle} there are: {known}.",
)
_REGION = Text(
    "全国清单不写 region，省、市清单要写。请{mend}。", "A national list has no region, a province's or city's has one. {mend}."
)
_ADD_REGION = Text("补上 region", "Add the region")
_DROP_REGION = Text("去掉 region", "Remove the region")
_UNKNOWN = Text(
    "清单里没有编号“{code}”。{hint}请改编号，或先把它写进 content/lists。",
    "No list has the code '{code}'. {hint} Change it, or add it to content/lists first.",
)
_DISAGREE = Text(
    "清单 {code} 写的{what}是“{listed}”，这件事写的是“{own}”。请核对文件，把两处改成一致。",
    "For {what} the list says '{listed}' ({code}), this thing says '{own}'. Check the document and make both agree.",
)
_DOC, _WHOSE, _AREA = Text("文号", "the document"), Text("生命周期", "the life cycle"), Text("领域", "the domain")
_NOT_HERE = Text(
    "“{name}”写的是 {status}，可是没有一件事用编号 {code}，市民点进来无处可办。请改成 PLANNED，或在那件事的 list 写上这个编号。",
    "'{name}' says {status}, but no one-thing has the code {code}, so nobody could begin it. Write PLANNED, or put the code in"
    " that thing's list.",
)
_STILL_PLANNED = Text(
    "“{name}”写的是 PLANNED，可是“{thing}”已经用了编号 {code}。如果已经能办，请改成 PILOT 或 IN_OPERATION。",
    "'{name}' says PLANNED, yet '{thing}' has the code {code}. If it can be applied for, write PILOT or IN_OPERATION.",
)
_LATER = Text(
    "continued_as 写的“{code}”不在别的清单里。{hint}请写后来清单里的编号，或去掉这一行。",
    "continued_as names '{code}', which is in no other list. {hint} Name the code in the later list, or remove the line.",
)

_Place = tuple[Document[MatterList], int, Matter]


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about the lists, their entries, and the things that say they are on one."""
    matters: dict[str, _Place] = {}
    for document in library.lists.values():
        yield from _list(document)
        for position, matter in enumerate(document.model.entries):
            first = matters.setdefault(matter.code, (document, position, matter))
            if first[2] is not matter:
                text = _TWICE.format(code=matter.code, where=str(first[0].where("entries", first[1])))
                yield Finding("C851", document.where("entries", position, "code"), text)
    carried = _carried(library)
    for place in matters.values():
        yield from _matter(*place)
        yield from _status(*place, carried.get(place[2].code, []))
        yield from _continued(*place, matters)
    if matters:
        for thing in library.things.values():
            yield from _thing(thing, matters)


def _carried(library: Library) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for document in library.things.values():
        if document.model.list_entry is not None:
            found.setdefault(document.model.list_entry.code, []).append(document.model)
    return found


def _list(document: Document[MatterList]) -> Iterator[Finding]:
    listed = document.model
    if listed.count != len(listed.entries):
        yield Finding("C852", document.where("count"), _COUNT.format(count=listed.count, found=len(listed.entries)))
    if (listed.level == "NATION") != (listed.region is None):
        mend = _ADD_REGION if listed.region is None else _DROP_REGION
        yield Finding("C860", document.where("level"), _REGION.format(mend=mend))
    start = f"KM-{listed.region + '-' if listed.region else ''}{listed.year}-{listed.batch}-"
    for position, matter in enumerate(listed.entries):
        if not matter.code.startswith(start):
            yield Finding("C853", document.where("entries", position, "code"), _NUMBERING.format(code=matter.code, start=start))


def _matter(document: Document[MatterList], position: int, matter: Matter) -> Iterator[Finding]:
    if matter.name is None:
        if matter.confidence != "unconfirmed":
            text = _NAMELESS.format(code=matter.code, confidence=matter.confidence)
            yield Finding("C854", document.where("entries", position, "confidence"), text)
    elif matter.life_cycle is None:
        yield Finding("C854", document.where("entries", position), _LIFE_CYCLE.format(name=matter.name))
    known = DOMAINS.get(matter.life_cycle or "", tuple(domain for domains in DOMAINS.values() for domain in domains))
    if matter.domain is not None and matter.domain not in known:
        text = _DOMAIN.format(domain=matter.domain, life_cycle=matter.life_cycle or "—", known="、".join(known))
        yield Finding("C858", document.where("entries", position, "domain"), text)


def _status(document: Document[MatterList], position: int, matter: Matter, things: list[Thing]) -> Iterator[Finding]:
    where = document.where("entries", position, "status")
    name = matter.name or Text(matter.code, matter.code)
    if matter.status in _HERE and not things:
        yield Finding("C857", where, _NOT_HERE.format(name=name, status=matter.status, code=matter.code))
    if matter.status == "PLANNED" and things:
        yield Finding("C857", where, _STILL_PLANNED.format(name=name, thing=things[0].name, code=matter.code), "warning")


def _continued(document: Document[MatterList], position: int, matter: Matter, matters: dict[str, _Place]) -> Iterator[Finding]:
    later = matters.get(matter.continued_as or matter.code)
    if matter.continued_as is not None and (later is None or later[0] is document):
        text = _LATER.format(code=matter.continued_as, hint=did_you_mean(matter.continued_as, sorted(matters)))
        yield Finding("C859", document.where("entries", position, "continued_as"), text)


def _thing(document: Document[Thing], matters: dict[str, _Place]) -> Iterator[Finding]:
    thing, entry = document.model, document.model.list_entry
    if entry is None:
        return
    if entry.code not in matters:
        text = _UNKNOWN.format(code=entry.code, hint=did_you_mean(entry.code, sorted(matters)))
        yield Finding("C855", document.where("list", "code"), text)
        return
    listed, _, matter = matters[entry.code]
    doc = listed.model.doc.zh if listed.model.doc else None
    for steps, what, said, own in (
        (("list", "doc"), _DOC, doc, entry.doc),
        (("life_cycle",), _WHOSE, matter.life_cycle, thing.life_cycle),
        (("domain",), _AREA, matter.domain, thing.domain),
    ):
        if said is not None and said != own:
            yield Finding("C856", document.where(*steps), _DISAGREE.format(code=matter.code, what=what, listed=said, own=own))
