"""Whether a PDF signed by several people shows the last of them what it showed the first.

A later signer adds a revision, and a revision could hide or overlay what was there. So every object of the earlier revision must
stand unchanged in the later one; only the list of signatures may have grown, and a signature shows nothing on the page but what
stands in its own box, which the page kept free from the first signature on (boxes.py). A picture is clipped to its box.
"""

import io
from collections.abc import Sequence

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from yijianshi.certificates.logic import boxes
from yijianshi.kernel.text import Text

_WIDGET = {"/Type", "/Subtype", "/FT", "/T", "/V", "/F", "/Rect", "/P", "/AP"}
_GROWS = {"/Annots", "/AcroForm"}
CHANGED = Text(
    "第 {number} 个签名之后，文件又被改过内容：后面的人签的和前面的人签的不是同一份",
    "after signature {number} the content was changed: later signers did not sign what earlier ones did",
)


def only_signed(earlier: bytes, later: bytes) -> bool:
    """Say whether *later*, a revision of the PDF *earlier*, differs from it only by signatures, invisible or in their boxes."""
    try:
        old, new = PdfReader(io.BytesIO(earlier)), PdfReader(io.BytesIO(later))
        if len(old.pages) != len(new.pages):
            return False
        if not all(_same(old, new, number) for number in _numbers(old)):
            return False
        free = [*[()] * (len(old.pages) - 1), _free_boxes(old)]
        pages = zip(old.pages, new.pages, free, strict=True)
        return all(_only_signatures(before.get("/Annots"), after.get("/Annots"), kept) for before, after, kept in pages)
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


def _free_boxes(reader: PdfReader) -> tuple[boxes.Box, ...]:
    """Return the boxes the last page still keeps free, in the order signatures take them; none on a page without the mark."""
    if boxes.MARK not in reader.pages[-1]:
        return ()
    form = reader.root_object.get("/AcroForm")
    held = form.get_object() if isinstance(form, PdfObject) else None
    taken = len(_listed(held.get("/Fields"))) if isinstance(held, DictionaryObject) else 0
    return tuple(boxes.rectangle_of(number) for number in range(taken, boxes.MOST))


def _only_signatures(before: object, after: object, free: Sequence[boxes.Box]) -> bool:
    """Say whether the later list begins with the earlier one and adds nothing but signatures, those that show each in its box."""
    held, grown = (_listed(one) for one in (before, after))
    if [_written(one) for one in held] != [_written(one) for one in grown[: len(held)]]:
        return False
    added = enumerate(one.get_object() for one in grown[len(held) :])
    return all(_is_invisible(one) or (place < len(free) and _is_inside(one, free[place])) for place, one in added)


def _listed(value: object) -> list[PdfObject]:
    found = value.get_object() if isinstance(value, PdfObject) else None
    return list(found) if isinstance(found, ArrayObject) else []


def _is_invisible(widget: PdfObject | None) -> bool:
    if not isinstance(widget, DictionaryObject):
        return False
    return widget.get("/FT") == "/Sig" and "/AP" not in widget and _numbers_in(widget.get("/Rect")) == [0.0] * 4


def _is_inside(widget: PdfObject | None, box: boxes.Box) -> bool:
    """Say whether a signature shows one picture of the size of its box in that box, and does nothing else."""
    if not isinstance(widget, DictionaryObject) or widget.get("/FT") != "/Sig" or not widget.keys() <= _WIDGET:
        return False
    looks = widget.get("/AP")
    picture = looks.get("/N") if isinstance(looks, DictionaryObject) and looks.keys() == {"/N"} else None
    picture = picture.get_object() if picture is not None else None
    if not isinstance(picture, StreamObject) or picture.get("/Subtype") != "/Form" or "/Matrix" in picture:
        return False
    return _numbers_in(widget.get("/Rect")) == list(box) and _numbers_in(picture.get("/BBox")) == [0.0, 0.0, *boxes.size()]


def _numbers_in(value: object) -> list[float]:
    return [float(str(one)) for one in _listed(value)]
