"""Putting a seal on a PDF: an incremental update with a signature dictionary (ISO 32000-1 section 12.8) for a GB/T 38540 sealing.

Filter and SubFilter follow what Chinese viewers are said to use [unconfirmed].
"""

import io
from collections.abc import Callable, Mapping

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from yijianshi.certificates.logic.pdf_seal import digest

ROOM = 20 * 1024  # bytes kept free for the sealing, which carries the seal with its picture
PROPERTY = "ByteRange"
_RANGE_ROOM = "/ByteRange [ 0 9999999999 9999999999 9999999999 ]"


def seal_pdf(document: bytes, metadata: str, make: Callable[[bytes], bytes]) -> bytes:
    """Return *document* with its seal; *make* returns the sealing (DER) for a digest; raises ValueError for want of room."""
    prepared = _prepared(document, metadata)
    start = prepared.index(b"<" + b"00" * ROOM + b">")
    end = start + 2 * ROOM + 2
    ranges = f"/ByteRange [ 0 {start} {end} {len(prepared) - end} ]".ljust(len(_RANGE_ROOM))
    prepared = prepared.replace(_RANGE_ROOM.encode(), ranges.encode(), 1)
    sealing = make(digest(prepared, start, end))
    if len(sealing) > ROOM:
        raise ValueError(f"the sealing of {len(sealing)} bytes does not fit into {ROOM}")
    return prepared[:start] + b"<" + sealing.hex().encode().ljust(2 * ROOM, b"0") + b">" + prepared[end:]


def _prepared(document: bytes, metadata: str) -> bytes:
    writer = PdfWriter(io.BytesIO(document), incremental=True)
    signature = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Sig"),
                NameObject("/Filter"): NameObject("/GM.SES"),
                NameObject("/SubFilter"): NameObject("/GM.sm2seal"),
                NameObject("/ByteRange"): ArrayObject([NumberObject(0), *[NumberObject(9_999_999_999)] * 3]),
                NameObject("/Contents"): ByteStringObject(b"\0" * ROOM),
                NameObject("/YJSMetadata"): ByteStringObject(metadata.encode()),
            }
        )
    )
    widget: Mapping[str, PdfObject | None] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Widget"),
        "/FT": NameObject("/Sig"),
        "/T": TextStringObject("seal"),
        "/V": signature,
        "/F": NumberObject(132),  # printed, locked
        "/Rect": ArrayObject([FloatObject(0)] * 4),
        "/P": writer.pages[0].indirect_reference,
    }
    field_ = writer._add_object(DictionaryObject({NameObject(name): value for name, value in widget.items()}))
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", []), field_])
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([field_]), NameObject("/SigFlags"): NumberObject(3)})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
