"""Small XML trees: written the same way every time, read without declarations that could reach outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from yijianshi.kernel.archive import flaws
from yijianshi.kernel.archive.problems import Limits

_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


@dataclass(frozen=True, slots=True)
class Node:
    """One element: name, attributes, the text straight inside it, and its children."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    children: tuple["Node", ...] = ()

    def first(self, name: str) -> str:
        """Return the text of the first child of this name, "" where there is none."""
        return next((child.text for child in self.children if child.name == name), "")

    def each(self, name: str) -> tuple["Node", ...]:
        """Return the children of this name, in order."""
        return tuple(child for child in self.children if child.name == name)


def to_bytes(node: Node) -> bytes:
    """Return the document in UTF-8 with two blanks of indent, lines ended by a line feed."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(_lines(node, "")) + "\n").encode()


def _lines(node: Node, indent: str) -> list[str]:
    start = f"{indent}<{node.name}" + "".join(f' {name}="{_escaped(value)}"' for name, value in node.attributes.items())
    if not node.children:
        return [f"{start}>{_escaped(node.text)}</{node.name}>" if node.text else f"{start}/>"]
    inner = [line for child in node.children for line in _lines(child, indent + "  ")]
    return [f"{start}>", *inner, f"{indent}</{node.name}>"]


def _escaped(text: str) -> str:
    return "".join(_MARKS.get(letter, letter) for letter in text)


def parse(file: str, content: bytes, limits: Limits) -> tuple[Node, frozenset[str]]:
    """Return the root element and the names of the processing instructions of *content*.

    Raises XmlHasDoctype for any document type declaration (whatever the encoding), XmlTooLarge, XmlBroken.
    """
    growth = _Growth(file, limits)
    reader = expat.ParserCreate()
    reader.buffer_text = True
    reader.StartDoctypeDeclHandler = growth.doctype
    reader.EntityDeclHandler = growth.doctype
    reader.StartElementHandler = growth.start
    reader.EndElementHandler = growth.end
    reader.CharacterDataHandler = growth.words
    reader.ProcessingInstructionHandler = growth.instruction
    try:
        reader.Parse(content, True)
    except expat.ExpatError as error:
        raise flaws.XmlBroken(file=file, line=error.lineno) from error
    except (ValueError, LookupError) as error:  # an encoding nobody knows
        raise flaws.XmlBroken(file=file, line=1) from error
    return growth.root(), frozenset(growth.instructions)


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


class _Growth:
    """The tree while it is read."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.stack = [_Open("", {})]
        self.count = 0
        self.instructions: set[str] = set()

    def doctype(self, *_: object) -> None:
        raise flaws.XmlHasDoctype(file=self.file)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.stack) > self.limits.most_depth or self.count > self.limits.most_elements:
            raise flaws.XmlTooLarge(file=self.file)
        self.stack.append(_Open(name, attributes))

    def end(self, _: str) -> None:
        done = self.stack.pop()
        text = "".join(done.words)
        self.stack[-1].children.append(Node(done.name, done.attributes, text, tuple(done.children)))

    def words(self, text: str) -> None:
        self.stack[-1].words.append(text)

    def instruction(self, target: str, _: str) -> None:
        self.instructions.add(target)

    def root(self) -> Node:
        return self.stack[0].children[0]
