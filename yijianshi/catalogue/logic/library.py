"""All content read into one frozen library, with the file and line of each part kept for findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from yijianshi.catalogue.logic.findings import Where
from yijianshi.catalogue.logic.schema import (
    Binding,
    CertificateType,
    Commitment,
    DepartmentKind,
    Element,
    Entity,
    Example,
    Item,
    Material,
    MatterList,
    Notice,
    Register,
    Thing,
)
from yijianshi.catalogue.logic.schema.organisation import OrganisationCard
from yijianshi.kernel.errors import NotFound

M = TypeVar("M", bound=BaseModel)
Step = str | int


class UnknownThing(NotFound):
    """内容库里没有“{what}”。请检查代码是否写对，或者先添加它的文件。

    There is no '{what}' in the content. Check that the code is written correctly, or add its file first.
    """


@dataclass(frozen=True, eq=False, slots=True)
class Document(Generic[M]):
    """One record of a content file and where its parts stand."""

    model: M
    path: str
    lines: Mapping[tuple[Step, ...], int]
    root: tuple[Step, ...] = ()

    def where(self, *steps: Step) -> Where:
        """Return the file and line of a part, or of the nearest enclosing part that has a line."""
        full = (*self.root, *steps)
        for length in range(len(full), -1, -1):
            if full[:length] in self.lines:
                return Where(self.path, self.lines[full[:length]])
        return Where(self.path)


@dataclass(frozen=True, eq=False)
class Library:
    """Everything authored, by code. Later duplicates are reported by the check and do not replace the first."""

    entities: Mapping[str, Document[Entity]] = field(default_factory=dict)
    elements: Mapping[str, Document[Element]] = field(default_factory=dict)
    materials: Mapping[str, Document[Material]] = field(default_factory=dict)
    certificates: Mapping[str, Document[CertificateType]] = field(default_factory=dict)
    commitments: Mapping[str, Document[Commitment]] = field(default_factory=dict)
    departments: Mapping[str, Document[DepartmentKind]] = field(default_factory=dict)
    items: Mapping[str, Document[Item]] = field(default_factory=dict)
    things: Mapping[str, Document[Thing]] = field(default_factory=dict)
    lists: Mapping[str, Document[MatterList]] = field(default_factory=dict)
    notices: Mapping[str, Document[Notice]] = field(default_factory=dict)
    registers: Mapping[str, Document[Register]] = field(default_factory=dict)
    examples: Sequence[Document[Example]] = ()
    organisations: Sequence[Document[OrganisationCard]] = ()
    bindings: Sequence[Document[Binding]] = ()

    @property
    def organisation_kinds(self) -> frozenset[str]:
        """Return the kinds of organisation that exist; empty when no organisations were read."""
        return frozenset(document.model.kind for document in self.organisations)

    def element(self, name: str) -> Element:
        """Return the data element. Raises UnknownThing."""
        return _get(self.elements, name)

    def item(self, code: str) -> Item:
        """Return the item. Raises UnknownThing."""
        return _get(self.items, code)

    def thing(self, code: str) -> Thing:
        """Return the one-thing as authored. Raises UnknownThing."""
        return _get(self.things, code)


def _get(documents: Mapping[str, Document[M]], code: str) -> M:
    if code not in documents:
        raise UnknownThing(what=code)
    return documents[code].model
