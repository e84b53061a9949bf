"""A page of one PDF as a picture (form XObject, ISO 32000-1 section 8.10) inside another."""

import io

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from yijianshi.certificates.logic import boxes


def bring(page: bytes, first: int, into: PdfReader) -> tuple[IndirectObject, dict[int, PdfObject]]:
    """Return the reference to the only page of a PDF as a picture of a box's size, and its objects, numbered from *first* on."""
    source = PdfReader(io.BytesIO(page)).pages[0]
    moving = _Moving(first + 1, into)
    drawn = source.get_contents()
    picture = StreamObject()
    picture.set_data(drawn.get_data() if drawn is not None else b"")
    picture = picture.flate_encode()
    picture[NameObject("/Type")] = NameObject("/XObject")
    picture[NameObject("/Subtype")] = NameObject("/Form")
    picture[NameObject("/BBox")] = ArrayObject([FloatObject(edge) for edge in (0, 0, *boxes.size())])
    picture[NameObject("/Resources")] = moving.move(source.raw_get("/Resources"))
    return IndirectObject(first, 0, into), {first: picture, **moving.objects}


class _Moving:
    """Objects on their way from one file into another, each under a new number."""

    def __init__(self, first: int, into: PdfReader) -> None:
        self.objects: dict[int, PdfObject] = {}
        self._numbers: dict[int, int] = {}
        self._first, self._into = first, into

    def move(self, value: PdfObject) -> PdfObject:
        """Return the value with all it refers to."""
        if isinstance(value, IndirectObject):
            return self._refer(value)
        if isinstance(value, StreamObject):
            moved = StreamObject()
            moved._data = value._data  # as it is stored, with its filters
            moved.update({name: self.move(value.raw_get(name)) for name in value if name != "/Length"})
            return moved
        if isinstance(value, DictionaryObject):
            return DictionaryObject({name: self.move(value.raw_get(name)) for name in value})
        return ArrayObject([self.move(part) for part in list.__iter__(value)]) if isinstance(value, ArrayObject) else value

    def _refer(self, value: IndirectObject) -> IndirectObject:
        if value.idnum not in self._numbers:
            number = self._numbers[value.idnum] = self._first + len(self._numbers)
            found = value.get_object()
            if found is None:
                raise ValueError("a part of the picture is missing")
            self.objects[number] = self.move(found)
        return IndirectObject(self._numbers[value.idnum], 0, self._into)
