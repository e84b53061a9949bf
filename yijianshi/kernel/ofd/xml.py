"""XML of an OFD: made with one namespace, read without entities, without a document type, and not too deep."""

from xml.etree import ElementTree as Tree
from xml.parsers import expat

from yijianshi.kernel.errors import Invalid

SPACE = "http://www.ofdspec.org/2016"
_DEEPEST = 64
Tree.register_namespace("ofd", SPACE)


class XmlRefused(Invalid):
    """OFD 文件里的“{name}”带有外部实体或文档类型声明，可能是恶意构造的，没有打开。

    "{name}" in the OFD file declares entities or a document type; it may be made to do harm and was not opened.
    """


class XmlBroken(Invalid):
    """OFD 文件里的“{name}”读不出来：不是完整的 XML。

    "{name}" in the OFD file cannot be read: it is not whole XML.
    """


def element(name: str, text: str | None = None, **attributes: object) -> Tree.Element:
    """Return an element of the OFD namespace."""
    made = Tree.Element(f"{{{SPACE}}}{name}", {key: str(value) for key, value in attributes.items()})
    made.text = text
    return made


def within(parent: Tree.Element, name: str, text: str | None = None, **attributes: object) -> Tree.Element:
    """Return an element added to *parent*."""
    made = element(name, text, **attributes)
    parent.append(made)
    return made


def to_bytes(root: Tree.Element) -> bytes:
    """Return the file."""
    return bytes(Tree.tostring(root, encoding="UTF-8", xml_declaration=True))


def parse(name: str, content: bytes) -> Tree.Element:
    """Return the root of a file; raises XmlRefused, XmlBroken."""
    _look(name, content)
    try:
        return Tree.fromstring(content)  # noqa: S314  what could expand has just been refused
    except (Tree.ParseError, ValueError, LookupError) as error:
        raise XmlBroken(name=name) from error


def find_text(root: Tree.Element, path: str) -> str:
    """Return the text at *path* (names of the OFD namespace with slashes), empty where there is none."""
    found = root.find("/".join(f"{{{SPACE}}}{part}" for part in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def find_all(root: Tree.Element, name: str) -> list[Tree.Element]:
    """Return all elements of that name below *root*."""
    return list(root.iter(f"{{{SPACE}}}{name}"))


class _Refused(Exception):
    """Something a document of ours never has."""


def _look(name: str, content: bytes) -> None:
    """Go through the file once without building anything."""
    depth = 0
    reader = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _Refused

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _Refused

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    reader.StartDoctypeDeclHandler = reader.EntityDeclHandler = refuse
    reader.StartElementHandler, reader.EndElementHandler = begin, end
    try:
        reader.Parse(content, True)
    except _Refused as error:
        raise XmlRefused(name=name) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise XmlBroken(name=name) from error
