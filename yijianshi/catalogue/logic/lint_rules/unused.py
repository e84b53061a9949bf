"""C211 to C214: what no item and no one-thing leads to, however far one follows; it only costs its readers time."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from yijianshi.catalogue.logic.findings import Finding, Where
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.lint_rules.expressions import certificates_named
from yijianshi.catalogue.logic.reach import counted_by, fee_rules, item_rules, names_in, thing_rules
from yijianshi.catalogue.logic.schema import CertificateType, Element, Item, Material, Thing
from yijianshi.kernel.text import Text

Mention = tuple[str, str]  # the code of its finding, and its name
_ELEMENT, _MATERIAL, _CERTIFICATE, _LETTER = "C211", "C212", "C213", "C214"
_UNUSED: Mapping[str, Text] = {
    _ELEMENT: Text(
        "没有事项、条件或证照用到数据元“{name}”。不再需要就删掉；需要的话，请在事项的 needs 里写上它。",
        "No item, condition or certificate uses the data element '{name}'. Remove it, or let an item need it.",
    ),
    _MATERIAL: Text(
        "没有事项要材料“{name}”。不再需要就删掉这个文件；需要的话，请在事项的 materials 里写上它。",
        "No item asks for the material '{name}'. Remove the file, or let an item ask for it.",
    ),
    _CERTIFICATE: Text(
        "没有事项发、要或读取证照“{name}”。不再需要就删掉这个文件；需要的话，请写进事项的 produces，或者作为材料、数据元的来源。",
        "No item issues, accepts or reads the certificate '{name}'. Remove the file, or let an item, material or element use it.",
    ),
    _LETTER: Text(
        "没有用到的材料可以用承诺书“{name}”代替。不再需要就删掉这个文件；需要的话，请写进材料的 satisfiers。",
        "No material in use can be met by the commitment letter '{name}'. Remove the file, or name it in a material.",
    ),
}


def check(library: Library) -> Iterator[Finding]:
    """Yield a warning for everything on the shelves that nothing leads to; a library without items says nothing."""
    if not library.items:
        return
    used = _used(library)
    for name, element in library.elements.items():
        if (_ELEMENT, name) not in used:
            yield _finding(_ELEMENT, name, element.where("name"))
    for code, shelf in ((_MATERIAL, library.materials), (_CERTIFICATE, library.certificates), (_LETTER, library.commitments)):
        for name, document in shelf.items():
            if (code, name) not in used:
                yield _finding(code, name, document.where("code"))


def _finding(code: str, name: str, where: Where) -> Finding:
    return Finding(code, where, _UNUSED[code].format(name=name), "warning")


def _used(library: Library) -> set[Mention]:
    """Return all that items and one-things lead to, followed to the end."""
    found: set[Mention] = set()
    todo = [
        *chain.from_iterable(_by_item(library, one.model) for one in library.items.values()),
        *chain.from_iterable(_by_thing(one.model) for one in library.things.values()),
    ]
    while todo:
        mention = todo.pop()
        if mention not in found:
            found.add(mention)
            todo.extend(_behind(library, mention))
    return found


def _behind(library: Library, mention: Mention) -> Iterable[Mention]:
    code, name = mention
    if code == _ELEMENT and name in library.elements:
        return _by_element(library.elements[name].model)
    if code == _MATERIAL and name in library.materials:
        return _by_material(library.materials[name].model)
    if code == _CERTIFICATE and name in library.certificates:
        return _by_certificate(library.certificates[name].model)
    return ()


def _by_item(library: Library, item: Item) -> Iterator[Mention]:
    yield from _facts(need.fact for need in item.needs)
    yield from _facts(item.produces.facts)
    yield from _facts((item.department.region_from, *(one.field for one in item.checks)))
    yield from _facts(counted_by(library, item))
    yield from ((_MATERIAL, use.material) for use in item.materials)
    yield from ((_CERTIFICATE, code) for code in item.produces.certificates)
    rules = (*item_rules(item), *fee_rules(item), *(one.rule for one in item.checks), *(one.when for one in item.advice))
    yield from _rules(rules)


def _by_thing(thing: Thing) -> Iterator[Mention]:
    yield from _facts((*thing.title_facts, *(one.fact for one in thing.questions), *(one.id_number for one in thing.parties)))
    yield from _rules(thing_rules(thing))


def _by_element(element: Element) -> Iterator[Mention]:
    yield from _rules((element.min, element.max))
    for supplier in element.suppliers:
        yield from _facts(supplier.match)
        yield from _rules((supplier.when, *supplier.match.values()))
        if supplier.certificate is not None:
            yield _CERTIFICATE, supplier.certificate


def _by_material(material: Material) -> Iterator[Mention]:
    for way in material.satisfiers:
        yield from _facts(way.match)
        yield from _rules(way.match.values())
        if way.certificate is not None:
            yield _CERTIFICATE, way.certificate
        if way.letter is not None:
            yield _LETTER, way.letter


def _by_certificate(certificate: CertificateType) -> Iterator[Mention]:
    holder = certificate.holder
    yield from _facts((*certificate.fields, holder.name, holder.id_number, certificate.number))
    yield from _rules((holder.applicant_when,))


def _facts(names: Iterable[str | None]) -> Iterator[Mention]:
    return ((_ELEMENT, name) for name in names if name is not None)


def _rules(rules: Iterable[object]) -> Iterator[Mention]:
    for rule in rules:
        if isinstance(rule, str):
            yield from _facts(names_in(rule))
            yield from ((_CERTIFICATE, code) for code in certificates_named(rule))
