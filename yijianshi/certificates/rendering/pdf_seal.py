"""Putting a seal on a PDF: an incremental update with a signature dictionary (ISO 32000-1 section 12.8) for a GB/T 38540 sealing.

Filter and SubFilter follow what Chinese viewers are said to use [unconfirmed].
"""

import io
from collections.abc import Callable, Mapping, Sequence

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from yijianshi.certificates.logic import boxes
from yijianshi.certificates.logic.pdf_seal import digest
from yijianshi.certificates.rendering.pdf_form import bring

ROOM = 20 * 1024  # bytes kept free for the sealing, which carries the seal with its picture
PROPERTY = "ByteRange"
_RANGE_ROOM = "/ByteRange [ 0 9999999999 9999999999 9999999999 ]"


def seal_pdf(document: bytes, metadata: str, make: Callable[[bytes], bytes], shown: bytes | None = None) -> bytes:
    """Return *document* with its seal; *make* returns the sealing (DER) for a digest; raises ValueError for want of room.

    *shown* is a PDF page that shows in the next free box of the last page, which the caller knows to be kept free.
    """
    prepared = _prepared(document, metadata, shown)
    if prepared[len(document) :].count(b"/ByteRange") != 1:
        raise ValueError("what shows looks like a seal of its own")  # the verifier finds seals by search
    start = prepared.index(b"<" + b"00" * ROOM + b">")
    end = start + 2 * ROOM + 2
    ranges = f"/ByteRange [ 0 {start} {end} {len(prepared) - end} ]".ljust(len(_RANGE_ROOM))
    prepared = prepared.replace(_RANGE_ROOM.encode(), ranges.encode(), 1)
    sealing = make(digest(prepared, start, end))
    if len(sealing) > ROOM:
        raise ValueError(f"the sealing of {len(sealing)} bytes does not fit into {ROOM}")
    return prepared[:start] + b"<" + sealing.hex().encode().ljust(2 * ROOM, b"0") + b">" + prepared[end:]


def _prepared(document: bytes, metadata: str, shown: bytes | None) -> bytes:
    """Return *document* with the update that holds the empty signature: two objects changed, new ones, a cross-reference stream.

    Written by hand, since copying the whole document into a writer takes five times as long.
    """
    reader = PdfReader(io.BytesIO(document))
    on, fields = reader.pages[-1 if shown else 0], _fields(reader)
    root, page = _reference(reader.trailer.raw_get("/Root")), _reference(on.indirect_reference)
    size = int(str(reader.trailer["/Size"]))
    signature, widget, form = size, size + 1, size + 2
    changed_page, changed_root = DictionaryObject(on), DictionaryObject(reader.root_object)
    annotations = _listed(changed_page.get("/Annots"))
    changed_page[NameObject("/Annots")] = ArrayObject([*annotations, IndirectObject(widget, 0, reader)])
    changed_root[NameObject("/AcroForm")] = IndirectObject(form, 0, reader)
    box = _free_box(on, len(fields)) if shown else None
    picture, brought = bring(shown, form + 1, reader) if shown and box else (None, {})
    if picture:
        changed_page.setdefault(NameObject(boxes.MARK), NumberObject(boxes.MOST))
    objects: dict[int, PdfObject] = {
        page.idnum: changed_page,
        root.idnum: changed_root,
        signature: _signature(metadata),
        widget: _widget(IndirectObject(signature, 0, reader), page, f"seal{len(fields) + 1}", box, picture),
        form: _form([*fields, IndirectObject(widget, 0, reader)]),
        **brought,
    }
    return document + _update(objects, document, reader, root)


def _free_box(page: DictionaryObject, before: int) -> boxes.Box | None:
    """Return the box of the next signature; none where earlier ones left no mark, or all are taken."""
    is_kept = before == 0 or boxes.MARK in page
    return boxes.rectangle_of(before) if is_kept and before < boxes.MOST else None


def _fields(reader: PdfReader) -> list[PdfObject]:
    """Return the signatures that are in the document already."""
    form = reader.root_object.get("/AcroForm")
    found = form.get_object() if form is not None else None
    return _listed(found.get("/Fields")) if isinstance(found, DictionaryObject) else []


def _listed(held: PdfObject | None) -> list[PdfObject]:
    found = held.get_object() if held is not None else None
    return list(found) if isinstance(found, ArrayObject) else []


def _update(objects: Mapping[int, PdfObject], document: bytes, reader: PdfReader, root: IndirectObject) -> bytes:
    made, places = io.BytesIO(b"\n"), {}
    made.seek(0, io.SEEK_END)
    for number, value in sorted(objects.items()):
        places[number] = len(document) + made.tell()
        made.write(f"{number} 0 obj\n".encode())
        value.write_to_stream(made)
        made.write(b"\nendobj\n")
    own = max(objects) + 1
    places[own] = start = len(document) + made.tell()
    table = b"".join(b"\x01" + place.to_bytes(4) + b"\0\0" for _, place in sorted(places.items()))
    index = " ".join(f"{number} 1" for number in sorted(places))
    identity = "".join(f"<{bytes(part).hex()}>" for part in _identity(reader))
    head = (
        f"{own} 0 obj\n<< /Type /XRef /Size {own + 1} /Root {root.idnum} 0 R /Prev {reader._startxref} /W [ 1 4 2 ] "
        f"/Index [ {index} ] /ID [ {identity} ] /Length {len(table)} >>\nstream\n"
    )
    made.write(head.encode() + table + f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode())
    return made.getvalue()


def _identity(reader: PdfReader) -> list[bytes]:
    held = reader.trailer.get("/ID")
    parts = [part.original_bytes if hasattr(part, "original_bytes") else bytes(part) for part in held] if held else []
    return parts if len(parts) == 2 else [b"", b""]


def _reference(value: PdfObject | None) -> IndirectObject:
    if not isinstance(value, IndirectObject):
        raise ValueError("the document does not name its parts")
    return value


def _signature(metadata: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/GM.SES"),
            NameObject("/SubFilter"): NameObject("/GM.sm2seal"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(0), *[NumberObject(9_999_999_999)] * 3]),
            NameObject("/Contents"): ByteStringObject(b"\0" * ROOM),
            NameObject("/YJSMetadata"): ByteStringObject(metadata.encode()),
        }
    )


def _widget(
    signature: IndirectObject, page: IndirectObject, name: str, box: boxes.Box | None, picture: IndirectObject | None
) -> DictionaryObject:
    shown = DictionaryObject({NameObject("/AP"): DictionaryObject({NameObject("/N"): picture})}) if picture else {}
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/V"): signature,
            NameObject("/F"): NumberObject(132),  # printed, locked
            NameObject("/Rect"): ArrayObject([FloatObject(edge) for edge in box or (0, 0, 0, 0)]),
            NameObject("/P"): page,
        }
        | shown
    )


def _form(fields: Sequence[PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject("/Fields"): ArrayObject(fields), NameObject("/SigFlags"): NumberObject(3)})
