"""C51x: a supplier must say where the value comes from, and the source must have it."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding, Where
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.schema import Satisfier, SatisfierKind, Supplier, SupplierKind
from yijianshi.kernel.text import Text

_NO_CERTIFICATE = Text(
    "来源是证照（CERTIFICATE），但没写哪种证照（certificate）。",
    "The supplier is a certificate, but does not say which one (certificate).",
)
_NOT_ON_FACE = Text(
    "证照“{certificate}”的面上没有“{field}”，取不到值。请改写 field，或把它加进该证照的 fields。",
    "The certificate '{certificate}' does not show '{field}'. Change the field, or add it to the certificate's fields.",
)
_NOT_MATCHABLE = Text(
    "match 比的是证照面上的“{field}”，但证照“{certificate}”的面上没有它。请改写字段，或把它加进该证照的 fields。",
    "match compares '{field}', which the certificate '{certificate}' does not show. Change it, or add it to its fields.",
)
_MATCHES_NOTHING = Text(
    "match 只能用来挑选电子证照：请写明 certificate，类型用 E_CERTIFICATE（来源用 CERTIFICATE）。",
    "match picks among e-certificates: name the certificate and use E_CERTIFICATE (for a supplier, CERTIFICATE).",
)
_INCOMPLETE = Text("满足方式 {kind} 要写明 {key}。", "The satisfier {kind} must name its {key}.")
_KEYS = {
    SatisfierKind.E_CERTIFICATE: "certificate",
    SatisfierKind.INTERNAL_PRODUCT: "certificate",
    SatisfierKind.COMMITMENT: "letter",
    SatisfierKind.DATA_SHARE: "register_",
}


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about suppliers and satisfiers that lead nowhere."""
    for document in library.elements.values():
        for position, supplier in enumerate(document.model.suppliers):
            where = document.where("suppliers", position)
            if supplier.kind is SupplierKind.CERTIFICATE:
                text = _certificate_problem(library, supplier, document.model.name)
                if text is not None:
                    yield Finding("C510", where, text)
            yield from _match_problems(library, supplier, where)
    for material in library.materials.values():
        for position, satisfier in enumerate(material.model.satisfiers):
            key = _missing_key(satisfier)
            if key is not None:
                text = _INCOMPLETE.format(kind=satisfier.kind.value, key=key.rstrip("_"))
                yield Finding("C511", material.where("satisfiers", position), text)
            yield from _match_problems(library, satisfier, material.where("satisfiers", position))


def _match_problems(library: Library, way: Supplier | Satisfier, where: Where) -> Iterator[Finding]:
    if not way.match:
        return
    if way.certificate is None or way.kind not in (SupplierKind.CERTIFICATE, SatisfierKind.E_CERTIFICATE):
        yield Finding("C512", where, _MATCHES_NOTHING)
        return
    document = library.certificates.get(way.certificate)
    for field in way.match:
        if document is not None and field not in document.model.fields:
            yield Finding("C512", where, _NOT_MATCHABLE.format(field=field, certificate=document.model.name))


def _certificate_problem(library: Library, supplier: Supplier, element: str) -> Text | None:
    if supplier.certificate is None:
        return _NO_CERTIFICATE
    document = library.certificates.get(supplier.certificate)
    field = supplier.field or element
    if document is None or field in document.model.fields or "." not in field:
        return None
    return _NOT_ON_FACE.format(certificate=document.model.name, field=field)


def _missing_key(satisfier: Satisfier) -> str | None:
    key = _KEYS.get(satisfier.kind)
    return key if key is not None and getattr(satisfier, key) is None else None
