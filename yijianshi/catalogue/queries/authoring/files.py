"""Content files in a list, and one of them to read or edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.catalogue.logic.authoring.places import IMPORTED, SORTS
from yijianshi.catalogue.logic.authoring.proposed import Change, Proposed
from yijianshi.catalogue.logic.authoring.states import OPEN
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.yaml_lines import YamlProblem, parse_yaml
from yijianshi.catalogue.models import ContentFile, ProposalFile
from yijianshi.catalogue.queries.authoring.access import refuse_strangers
from yijianshi.catalogue.queries.authoring.drafts import proposed_library
from yijianshi.catalogue.queries.shelf import read_texts, sha_of, shelf_texts
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

_NAMELESS = Text("（没有名字）", "(no name)")


class FileNotFound(NotFound):
    """内容里没有“{path}”这个文件。可能已经改名或删除，请从列表里打开。

    There is no file '{path}' in the content. It may have been renamed or removed; please open it from the list.
    """


@dataclass(frozen=True, slots=True)
class FileCard:
    """A content file in a list; ``proposals`` are those open that would change it."""

    path: str
    kind: str
    code: str
    name: Text
    is_editable: bool
    changed_here: bool
    changed_at: datetime
    proposals: tuple[UUID, ...] = ()

    @property
    def sort(self) -> Text:
        """Return the kind in words."""
        return SORTS.get(self.kind, _NAMELESS)


@dataclass(frozen=True, slots=True)
class FileView:
    """One file as a proposal has it, or as the shelf has it; texts are None where the file is not there.

    To save, hand back ``revision`` and ``base_sha`` as they are here. ``value`` is the text read as YAML, None if it cannot be.
    """

    path: str
    kind: str
    code: str
    name: Text
    text: str | None
    base_text: str | None
    shelf_text: str | None
    revision: int
    base_sha: str
    change: Change
    value: Any
    findings: tuple[Finding, ...]
    proposals: tuple[UUID, ...]


def list_files(*, by: Actor, search: str = "", kind: str = "") -> list[FileCard]:
    """Return the content files in use, by path; *search* looks in path, code, name and text. Raises NotForYou."""
    refuse_strangers(by)
    texts = shelf_texts()
    proposals = _open_proposals()
    wanted = search.strip().casefold()
    cards = []
    for path, shipped, changed_at in _rows():
        card_kind, code, name = _face(texts[path])
        if kind and card_kind != kind:
            continue
        if wanted and not any(wanted in word.casefold() for word in (path, code, name.zh, name.en, texts[path])):
            continue
        cards.append(
            FileCard(
                path,
                card_kind,
                code,
                name,
                path.partition("/")[0] not in IMPORTED,
                shipped != texts[path],
                changed_at,
                proposals.get(path, ()),
            )
        )
    return cards


def get_file(path: str, proposal_id: UUID | None = None, *, by: Actor) -> FileView:
    """Return one file with the findings in it, as the proposal would have it, or as it is in use.

    Raises FileNotFound, NotForYou.
    """
    refuse_strangers(by)
    shelf = shelf_texts().get(path)
    row = ProposalFile.objects.filter(proposal_id=proposal_id, path=path).first() if proposal_id else None
    if row is None and shelf is None:
        raise FileNotFound(path=path[:160])
    proposed = Proposed(path, row.base_text, row.text, shelf) if row else Proposed(path, shelf, shelf, shelf)
    findings = (proposed_library(proposal_id) if proposal_id else read_texts(shelf_texts()))[1]
    text = proposed.text
    kind, code, name = _face(text or proposed.base or "")
    return FileView(
        path=path,
        kind=kind,
        code=code,
        name=name,
        text=text,
        base_text=proposed.base,
        shelf_text=shelf,
        revision=row.revision if row else 0,
        base_sha=sha_of(shelf) if shelf is not None else "",
        change=proposed.change,
        value=_value(text or ""),
        findings=tuple(found for found in findings if found.where.path == path),
        proposals=_open_proposals().get(path, ()),
    )


def _rows() -> list[tuple[str, str | None, datetime]]:
    rows = ContentFile.objects.filter(text__isnull=False).order_by("path")
    return list(rows.values_list("path", "shipped_text", "changed_at"))


def _open_proposals() -> dict[str, tuple[UUID, ...]]:
    rows = ProposalFile.objects.filter(proposal__state__in=OPEN).order_by("proposal_id").values_list("path", "proposal_id")
    found: dict[str, tuple[UUID, ...]] = {}
    for path, proposal_id in rows:
        found[path] = (*found.get(path, ()), proposal_id)
    return found


def _value(text: str) -> Any:
    try:
        return parse_yaml(text).value
    except YamlProblem:
        return None


def _face(text: str) -> tuple[str, str, Text]:
    """Return kind, code and name of a file, as far as they can be read."""
    value = _value(text)
    if not isinstance(value, dict):
        return "", "", _NAMELESS
    entity = value.get("entity")
    owner = entity if isinstance(entity, dict) else value
    name: Mapping[str, Any] = next((owner[key] for key in ("name", "label") if isinstance(owner.get(key), dict)), {})
    code = str(owner.get("code") or value.get("item") or value.get("thing") or "")
    zh, en = (str(name.get(language) or "").strip() for language in ("zh", "en"))
    return str(value.get("kind") or ""), code, Text(zh or en or code or "—", en or zh or code or "—")
