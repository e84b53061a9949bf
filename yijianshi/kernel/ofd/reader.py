"""Reading an OFD: what it says about itself, and its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.ofd import package
from yijianshi.kernel.ofd.package import Limits
from yijianshi.kernel.ofd.xml import find_all, find_text, parse


class PartMissing(Invalid):
    """OFD 文件里缺少“{name}”，不完整。

    The OFD file lacks "{name}" and is incomplete.
    """


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as it was read; *pages* is the text of each, line by line; *files* the whole package."""

    title: str
    doc_id: str
    custom: Mapping[str, str] = field(repr=False)
    pages: tuple[tuple[str, ...], ...] = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)


def open_ofd(content: bytes, limits: Limits | None = None) -> Opened:
    """Return the document; raises the refusals of package and xml, and PartMissing."""
    files = package.unpack(content, limits)
    root = parse("OFD.xml", _part(files, "OFD.xml"))
    place = find_text(root, "DocBody/DocRoot").lstrip("/")
    document = parse(place, _part(files, place))
    folder = place.rpartition("/")[0]
    pages = []
    for page in find_all(document, "Page"):
        name = _joined(folder, page.get("BaseLoc", ""))
        codes = find_all(parse(name, _part(files, name)), "TextCode")
        pages.append(tuple("".join(code.itertext()) for code in codes))
    custom = {one.get("Name", ""): (one.text or "").strip() for one in find_all(root, "CustomData")}
    return Opened(find_text(root, "DocBody/DocInfo/Title"), find_text(root, "DocBody/DocInfo/DocID"), custom, tuple(pages), files)


def _part(files: Mapping[str, bytes], name: str) -> bytes:
    if name not in files:
        raise PartMissing(name=name[:80])
    return files[name]


def _joined(folder: str, place: str) -> str:
    return place.lstrip("/") if place.startswith("/") or not folder else f"{folder}/{place}"
