"""From the texts of the content files to a library, with a finding for everything that could not be read."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from yijianshi.catalogue.logic.findings import Finding, Where
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.plain_errors import did_you_mean, explain_error
from yijianshi.catalogue.logic.schema import KINDS, Binding, Dictionary, Example, Strict
from yijianshi.catalogue.logic.schema.organisation import OrganisationCard
from yijianshi.catalogue.logic.yaml_lines import Parsed, Path, YamlProblem, parse_yaml
from yijianshi.kernel.text import Text

FOLDERS = (
    "dictionary",
    "materials",
    "certificates",
    "commitments",
    "departments",
    "items",
    "things",
    "bindings",
    "orgs",
    "lists",
    "notices",
    "registers",
)
_SHELF = {
    "material": "materials",
    "certificate": "certificates",
    "commitment": "commitments",
    "department": "departments",
    "item": "items",
    "thing": "things",
    "list": "lists",
    "notice": "notices",
    "register": "registers",
}
_FILES_IN_MEMORY = 3072


class _Shelves:
    """What has been read so far; turned into a frozen Library at the end."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Document[Any]]] = {name: {} for name in ("entities", "elements", *_SHELF.values())}
        self.examples: list[Document[Example]] = []
        self.bindings: list[Document[Binding]] = []
        self.organisations: list[Document[OrganisationCard]] = []
        self.findings: list[Finding] = []

    def add(self, file: "_Shelves") -> None:
        """Put what one file holds beside the rest."""
        for shelf, documents in file.documents.items():
            for code, document in documents.items():
                self.put(shelf, code, document)
        self.examples += file.examples
        self.bindings += file.bindings
        self.organisations += file.organisations
        self.findings += file.findings

    def put(self, shelf: str, code: str, document: Document[Any]) -> None:
        first = self.documents[shelf].get(code)
        if first is None:
            self.documents[shelf][code] = document
            return
        text = Text(
            f"代码“{code}”重复，已经在 {first.where()} 用过。请改一个代码，或删掉其中一个。",
            f"The code '{code}' is already used at {first.where()}. Rename one of them, or remove one.",
        )
        self.findings.append(Finding("C103", document.where("code"), text))


def load(files: Mapping[str, str]) -> tuple[Library, list[Finding]]:
    """Return the library of the given files (path → text, paths relative to the content folder) and the reading findings."""
    shelves = _Shelves()
    for path in sorted(files):
        shelves.add(_file(path, files[path]))
    library = Library(
        **shelves.documents,
        examples=tuple(shelves.examples),
        organisations=tuple(shelves.organisations),
        bindings=tuple(shelves.bindings),
    )
    return library, shelves.findings


@lru_cache(maxsize=_FILES_IN_MEMORY)
def _file(path: str, text: str) -> _Shelves:
    """Return what one file holds; of several checks of nearly the same content only what changed is read again."""
    own = _Shelves()
    try:
        _read(path, parse_yaml(text), own)
    except YamlProblem as problem:
        own.findings.append(Finding("C101", Where(path, problem.line), problem.text))
    return own


def _read(path: str, parsed: Parsed, shelves: _Shelves) -> None:
    kind = parsed.value.get("kind") if isinstance(parsed.value, dict) else None
    if kind == "organisations":
        _read_organisations(path, parsed, shelves)
        return
    model_class = KINDS.get(str(kind))
    if model_class is None:
        hint = did_you_mean(str(kind or ""), sorted([*KINDS, "organisations"]))
        text = Text(
            "文件开头要写 kind:（它是哪一类内容），现在是 {kind}。{hint}",
            "The file must begin with kind: (what sort of content it is), it says {kind}. {hint}",
        ).format(kind=str(kind), hint=hint)
        shelves.findings.append(Finding("C102", Where(path, parsed.lines.get(("kind",), 1)), text))
        return
    model = _validate(path, parsed, model_class, shelves)
    if model is not None:
        _shelve(Document(model, path, parsed.lines), str(kind), shelves)


def _read_organisations(path: str, parsed: Parsed, shelves: _Shelves) -> None:
    """The identity room reads organisations in full; the catalogue only looks at their kinds and phones."""
    for position, organisation in enumerate(parsed.value.get("organisations") or ()):
        root: Path = ("organisations", position)
        try:
            card = OrganisationCard.model_validate(organisation)
        except ValidationError as error:
            holder = Document(Strict(), path, parsed.lines, root)
            for detail in error.errors():
                code, text = explain_error(detail, OrganisationCard)
                shelves.findings.append(Finding(code, holder.where(*detail["loc"]), text))
        else:
            shelves.organisations.append(Document(card, path, parsed.lines, root))


def _validate(path: str, parsed: Parsed, model_class: type[Strict], shelves: _Shelves) -> Strict | None:
    try:
        return model_class.model_validate(parsed.value)
    except ValidationError as error:
        holder = Document(Strict(), path, parsed.lines)
        for detail in error.errors():
            code, text = explain_error(detail, model_class)
            shelves.findings.append(Finding(code, holder.where(*detail["loc"]), text))
        return None


def _shelve(document: Document[Any], kind: str, shelves: _Shelves) -> None:
    if kind == "example":
        shelves.examples.append(document)
    elif kind == "binding":
        shelves.bindings.append(document)
    elif isinstance(document.model, Dictionary):
        _shelve_dictionary(document, document.model, shelves)
    else:
        shelves.put(_SHELF[kind], document.model.code, document)


def _shelve_dictionary(document: Document[Any], dictionary: Dictionary, shelves: _Shelves) -> None:
    code = dictionary.entity.code
    shelves.put("entities", code, Document(dictionary.entity, document.path, document.lines, ("entity",)))
    for position, element in enumerate(dictionary.elements):
        part = Document(element, document.path, document.lines, ("elements", position))
        shelves.put("elements", element.name, part)
        if element.entity != code:
            text = Text(
                f"“{element.name}”不属于“{code}”；名字要以“{code}.”开头，或者移到它自己的词典文件。",
                f"'{element.name}' does not belong to '{code}'; begin its name with '{code}.' or move it to its own file.",
            )
            shelves.findings.append(Finding("C104", part.where("name"), text))
