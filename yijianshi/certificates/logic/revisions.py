"""Whether a PDF signed by several people shows the last of them what it showed the first.

A later signer adds a revision, and a revision could hide or overlay what was there. So every object of the earlier revision must
stand unchanged in the later one; only the list of signatures may have grown, and a signature shows nothing on the page.
"""

import io

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from yijianshi.kernel.text import Text

_GROWS = {"/Annots", "/AcroForm"}
CHANGED = Text(
    "第 {number} 个签名之后，文件又被改过内容：后面的人签的和前面的人签的不是同一份",
    "after signature {number} the content was changed: later signers did not sign what earlier ones did",
)


def only_signed(earlier: bytes, later: bytes) -> bool:
    """Say whether *later*, a revision of the PDF *earlier*, differs from it by invisible signatures only."""
    try:
        old, new = PdfReader(io.BytesIO(earlier)), PdfReader(io.BytesIO(later))
        if len(old.pages) != len(new.pages):
            return False
        if not all(_same(old, new, number) for number in _numbers(old)):
            return False
        pages = zip(old.pages, new.pages, strict=True)
        return all(_only_signatures(before.get("/Annots"), after.get("/Annots")) for before, after in pages)
    except Exception:  # whatever cannot be read is not proven to be unchanged
        return False


def _numbers(reader: PdfReader) -> set[int]:
    plain = {number for places in reader.xref.values() for number in places}
    return plain | set(reader.xref_objStm)


def _same(old: PdfReader, new: PdfReader, number: int) -> bool:
    before, after = (_object(one, number) for one in (old, new))
    if isinstance(before, DictionaryObject) and before.get("/Type") in ("/Catalog", "/Page"):
        return isinstance(after, DictionaryObject) and _without(before) == _without(after)
    if isinstance(before, DictionaryObject) and before.get("/Type") == "/XRef":
        return True
    return _written(before) == _written(after)


def _object(reader: PdfReader, number: int) -> PdfObject | None:
    return IndirectObject(number, 0, reader).get_object()


def _without(held: DictionaryObject) -> dict[str, bytes]:
    return {str(name): _written(value) for name, value in held.items() if name not in _GROWS}


def _written(value: PdfObject | None) -> bytes:
    stream = io.BytesIO()
    if value is not None:
        value.write_to_stream(stream)
    return stream.getvalue()


def _only_signatures(before: object, after: object) -> bool:
    """Say whether the later list begins with the earlier one and adds nothing but signatures without a picture."""
    held, grown = (_listed(one) for one in (before, after))
    if [_written(one) for one in held] != [_written(one) for one in grown[: len(held)]]:
        return False
    return all(_is_invisible(one.get_object()) for one in grown[len(held) :])


def _listed(value: object) -> list[PdfObject]:
    found = value.get_object() if isinstance(value, PdfObject) else None
    return list(found) if isinstance(found, ArrayObject) else []


def _is_invisible(widget: PdfObject | None) -> bool:
    if not isinstance(widget, DictionaryObject):
        return False
    place = [float(str(one)) for one in _listed(widget.get("/Rect"))]
    return widget.get("/FT") == "/Sig" and "/AP" not in widget and place == [0.0] * 4
