"""C2xx: every code that is named must exist, with the nearest one suggested."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from yijianshi.catalogue.logic.findings import Finding, Where
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.plain_errors import did_you_mean
from yijianshi.catalogue.logic.schema import Item, Thing
from yijianshi.kernel.text import Text

_SORT: dict[str, Text] = {
    "C201": Text("数据元", "data element"),
    "C202": Text("事项", "item"),
    "C203": Text("材料", "material"),
    "C204": Text("证照类型", "certificate type"),
    "C205": Text("承诺书", "commitment letter"),
    "C206": Text("部门类型", "kind of organisation"),
    "C207": Text("实体（表单分组）", "entity (form group)"),
    "C208": Text("一件事", "one-thing"),
    "C210": Text("登记库（content/registers）", "register (content/registers)"),
    "C209": Text("部门说明（content/departments）", "description of a department (content/departments)"),
}
_ONLY_IF_ANY = frozenset({"C206", "C209"})  # a library read without offices says nothing about them
_UNKNOWN = Text("没有叫“{name}”的{sort}。{hint}", "There is no {sort} called '{name}'. {hint}")


@dataclass(frozen=True, slots=True)
class _Mention:
    code: str
    name: str
    where: Where


def check(library: Library) -> Iterator[Finding]:
    """Yield a finding for every reference to something that is not there."""
    known: dict[str, Collection[str]] = {
        "C201": library.elements,
        "C202": library.items,
        "C203": library.materials,
        "C204": library.certificates,
        "C205": library.commitments,
        "C206": library.organisation_kinds,
        "C207": library.entities,
        "C208": library.things,
        "C209": library.departments,
        "C210": library.registers,
    }
    for mention in _mentions(library):
        shelf = known[mention.code]
        if mention.name in shelf or (mention.code in _ONLY_IF_ANY and not shelf):
            continue
        hint = did_you_mean(mention.name, sorted(shelf))
        text = _UNKNOWN.format(name=mention.name, sort=_SORT[mention.code], hint=hint)
        yield Finding(mention.code, mention.where, text)


def _mentions(library: Library) -> Iterator[_Mention]:
    yield from _by_elements(library)
    yield from _by_certificates(library)
    yield from _by_materials(library)
    yield from _by_items(library)
    yield from _by_things(library)
    for document in library.examples:
        if not document.model.thing.startswith("item:"):
            yield _Mention("C208", document.model.thing, document.where("thing"))


def _by_elements(library: Library) -> Iterator[_Mention]:
    for document in library.elements.values():
        for position, supplier in enumerate(document.model.suppliers):
            if supplier.certificate is not None:
                yield _Mention("C204", supplier.certificate, document.where("suppliers", position, "certificate"))
            if supplier.register_ is not None:
                yield _Mention("C210", supplier.register_, document.where("suppliers", position, "register"))


def _by_certificates(library: Library) -> Iterator[_Mention]:
    for document in library.certificates.values():
        certificate = document.model
        yield _Mention("C206", certificate.issuer_kind, document.where("issuer_kind"))
        for position, name in enumerate(certificate.fields):
            yield _Mention("C201", name, document.where("fields", position))
        for key, fact in (("name", certificate.holder.name), ("id_number", certificate.holder.id_number)):
            if fact is not None:
                yield _Mention("C201", fact, document.where("holder", key))
        if certificate.holder.is_named:
            yield _Mention("C207", certificate.holder.person, document.where("holder", "person"))
        if certificate.number is not None:
            yield _Mention("C201", certificate.number, document.where("number"))


def _by_materials(library: Library) -> Iterator[_Mention]:
    for document in library.materials.values():
        for position, satisfier in enumerate(document.model.satisfiers):
            where = ("satisfiers", position)
            if satisfier.certificate is not None:
                yield _Mention("C204", satisfier.certificate, document.where(*where, "certificate"))
            if satisfier.register_ is not None:
                yield _Mention("C210", satisfier.register_, document.where(*where, "register"))
            if satisfier.letter is not None:
                yield _Mention("C205", satisfier.letter, document.where(*where, "letter"))


def _by_items(library: Library) -> Iterator[_Mention]:
    for document in library.items.values():
        item = document.model
        yield _Mention("C206", item.department.kind, document.where("department", "kind"))
        yield _Mention("C209", item.department.kind, document.where("department", "kind"))
        if item.department.region_from is not None:
            yield _Mention("C201", item.department.region_from, document.where("department", "region_from"))
        yield from _by_needs(document)
        for position, fact in enumerate(item.produces.facts):
            yield _Mention("C201", fact, document.where("produces", "facts", position))
        for position, code in enumerate(item.produces.certificates):
            yield _Mention("C204", code, document.where("produces", "certificates", position))
        for position, after in enumerate(item.after):
            yield _Mention("C202", after.item, document.where("after", position, "item"))
        for position, check_ in enumerate(item.checks):
            if check_.field is not None:
                yield _Mention("C201", check_.field, document.where("checks", position, "field"))


def _by_needs(document: Document[Item]) -> Iterator[_Mention]:
    for position, need in enumerate(document.model.needs):
        yield _Mention("C201", need.fact, document.where("needs", position, "fact"))
    for position, use in enumerate(document.model.materials):
        yield _Mention("C203", use.material, document.where("materials", position, "material"))
    for position, read in enumerate(document.model.reads):
        yield _Mention("C210", read.register_, document.where("reads", position, "register"))


def _by_things(library: Library) -> Iterator[_Mention]:
    for document in library.things.values():
        thing = document.model
        yield _Mention("C206", thing.lead, document.where("lead"))
        for position, use in enumerate(thing.items):
            yield _Mention("C202", use.item, document.where("items", position, "item"))
        for position, question in enumerate(thing.questions):
            yield _Mention("C201", question.fact, document.where("questions", position, "fact"))
        for position, fact in enumerate(thing.title_facts):
            yield _Mention("C201", fact, document.where("title_facts", position))
        yield from _by_parties(document)
        for position, rule in enumerate(thing.order):
            yield _Mention("C202", rule.before, document.where("order", position, "before"))
            yield _Mention("C202", rule.after, document.where("order", position, "after"))
        for position, group in enumerate(thing.form):
            yield _Mention("C207", group.entity, document.where("form", position, "entity"))
            for index, name in enumerate(group.elements):
                yield _Mention("C201", name, document.where("form", position, "elements", index))


def _by_parties(document: Document[Thing]) -> Iterator[_Mention]:
    for position, party in enumerate(document.model.parties):
        yield _Mention("C207", party.entity, document.where("parties", position, "entity"))
        yield _Mention("C201", party.id_number, document.where("parties", position, "id_number"))
