"""Writing a document as OFD (GB/T 33190-2016 [L]): the same document gives the same bytes."""

from xml.etree.ElementTree import Element

from yijianshi.kernel.ofd.model import Document, Image, Line, Page, Text
from yijianshi.kernel.ofd.package import pack
from yijianshi.kernel.ofd.xml import element, to_bytes, within

FONT = "宋体"
_FONT_ID, _BOLD_ID, _FIRST_ID = 1, 2, 10


def write(document: Document) -> bytes:
    """Return the file; text stays text, to be searched and copied."""
    ids = _Ids()
    pages = [_page(page, ids) for page in document.pages]
    files = {"OFD.xml": to_bytes(_root(document)), "Doc_0/Document.xml": b"", "Doc_0/PublicRes.xml": to_bytes(_fonts())}
    if ids.images:
        files["Doc_0/DocumentRes.xml"] = to_bytes(_media(ids))
    for number, page in enumerate(pages):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = to_bytes(page)
    for number, image in enumerate(ids.images):
        files[f"Doc_0/Res/image_{number}.png"] = image
    files["Doc_0/Document.xml"] = to_bytes(_document(document, ids))
    return pack(files)


class _Ids:
    """Numbers of objects, and the pictures met so far, each kept once."""

    def __init__(self) -> None:
        self.last = _FIRST_ID
        self.images: list[bytes] = []
        self.image_ids: list[int] = []

    def next(self) -> int:
        self.last += 1
        return self.last

    def image(self, png: bytes) -> int:
        if png not in self.images:
            self.images.append(png)
            self.image_ids.append(self.next())
        return self.image_ids[self.images.index(png)]


def _root(document: Document) -> Element:
    root = element("OFD", Version="1.0", DocType="OFD")
    body = within(root, "DocBody")
    info = within(body, "DocInfo")
    within(info, "DocID", document.doc_id)
    within(info, "Title", document.title)
    within(info, "Author", document.author)
    within(info, "CreationDate", document.created_on.isoformat())
    within(info, "Creator", "Yijianshi")
    if document.custom:
        datas = within(info, "CustomDatas")
        for name, value in document.custom.items():
            within(datas, "CustomData", value, Name=name)
    within(body, "DocRoot", "Doc_0/Document.xml")
    return root


def _document(document: Document, ids: _Ids) -> Element:
    root = element("Document")
    common = within(root, "CommonData")
    first = document.pages[0]
    listed = [(ids.next(), f"Pages/Page_{number}/Content.xml") for number in range(len(document.pages))]
    within(common, "MaxUnitID", str(ids.last))
    within(within(common, "PageArea"), "PhysicalBox", _numbers(0, 0, first.width, first.height))
    within(common, "PublicRes", "PublicRes.xml")
    if ids.images:
        within(common, "DocumentRes", "DocumentRes.xml")
    pages = within(root, "Pages")
    for number, place in listed:
        within(pages, "Page", ID=number, BaseLoc=place)
    return root


def _fonts() -> Element:
    root = element("Res", BaseLoc="Res")
    fonts = within(root, "Fonts")
    within(fonts, "Font", ID=_FONT_ID, FontName=FONT, FamilyName=FONT)
    within(fonts, "Font", ID=_BOLD_ID, FontName="黑体", FamilyName="黑体", Bold="true")
    return root


def _media(ids: _Ids) -> Element:
    root = element("Res", BaseLoc="Res")
    media = within(root, "MultiMedias")
    for place, number in enumerate(ids.image_ids):
        within(within(media, "MultiMedia", ID=number, Type="Image", Format="PNG"), "MediaFile", f"image_{place}.png")
    return root


def _page(page: Page, ids: _Ids) -> Element:
    root = element("Page")
    within(within(root, "Area"), "PhysicalBox", _numbers(0, 0, page.width, page.height))
    layer = within(within(root, "Content"), "Layer", ID=ids.next(), Type="Body")
    for one in page.content:
        if isinstance(one, Text):
            _text(layer, one, ids)
        elif isinstance(one, Line):
            _line(layer, one, ids)
        else:
            _image(layer, one, ids)
    return root


def _text(layer: Element, text: Text, ids: _Ids) -> None:
    box = _numbers(text.x, text.y - text.size, max(text.width, text.size), text.size * 1.3)
    font = _BOLD_ID if text.bold else _FONT_ID
    made = within(layer, "TextObject", ID=ids.next(), Boundary=box, Font=font, Size=_numbers(text.size))
    within(made, "FillColor", Value=text.colour)
    code = within(made, "TextCode", text.words, X=0, Y=_numbers(text.size))
    if text.advances:
        code.set("DeltaX", _numbers(*text.advances))


def _line(layer: Element, line: Line, ids: _Ids) -> None:
    width, height = max(abs(line.x2 - line.x1), line.thickness), max(abs(line.y2 - line.y1), line.thickness)
    box = _numbers(min(line.x1, line.x2), min(line.y1, line.y2), width, height)
    made = within(layer, "PathObject", ID=ids.next(), Boundary=box, LineWidth=_numbers(line.thickness))
    within(made, "StrokeColor", Value=line.colour)
    left, top = min(line.x1, line.x2), min(line.y1, line.y2)
    data = f"M {_numbers(line.x1 - left, line.y1 - top)} L {_numbers(line.x2 - left, line.y2 - top)}"
    within(made, "AbbreviatedData", data)


def _image(layer: Element, image: Image, ids: _Ids) -> None:
    box = _numbers(image.x, image.y, image.width, image.height)
    matrix = _numbers(image.width, 0, 0, image.height, 0, 0)
    within(layer, "ImageObject", ID=ids.next(), Boundary=box, CTM=matrix, ResourceID=ids.image(image.png))


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)
