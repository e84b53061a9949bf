"""A proposal's page: what changes for citizens, what stands in the files, who did what, and what can be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yijianshi.catalogue.logic.authoring.proposed import Change
from yijianshi.catalogue.logic.authoring.states import ACTIONS, OPEN, State
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.queries.authoring import ProposalCard, ProposalView, ProposedFile
from yijianshi.channels.authoring.presenting import comparing
from yijianshi.kernel.text import Text

TONES = {"DRAFT": "idle", "IN_REVIEW": "waiting", "APPROVED": "running", "PUBLISHED": "done", "WITHDRAWN": "stopped"}
_CHANGES: dict[Change, tuple[str, Text]] = {
    Change.ADDED: ("done", Text("新增", "Added")),
    Change.CHANGED: ("running", Text("修改", "Changed")),
    Change.REMOVED: ("stopped", Text("删除", "Removed")),
    Change.NONE: ("idle", Text("没有改动", "No change")),
}
_OPENED = Text("新建提案", "Opened the proposal")
_SINGLE = Text("单独办理的事项：{name}", "Handled on its own: {name}")
_STEPS: tuple[tuple[State, Text], ...] = (
    (State.DRAFT, Text("草稿", "Draft")),
    (State.IN_REVIEW, Text("另一人审核", "Second person")),
    (State.APPROVED, Text("待发布", "To publish")),
    (State.PUBLISHED, Text("已发布", "Published")),
)


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file with its comparison."""

    file: ProposedFile
    tone: str
    change: Text
    rows: tuple[comparing.Row, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing or single item, and what changes about it in words."""

    code: str
    name: Text
    lines: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of history."""

    who: str
    at: datetime
    what: Text
    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from draft to publication; *tone* is done, running or idle."""

    label: Text
    tone: str


@dataclass(frozen=True)
class Page:
    """All of the page."""

    view: ProposalView
    files: tuple[FilePart, ...]
    elsewhere: tuple[Finding, ...]
    things: tuple[Changed, ...]
    singles: tuple[Changed, ...]
    deeds: tuple[Deed, ...]
    steps: tuple[Step, ...]
    can: frozenset[str]
    is_open: bool

    @property
    def card(self) -> ProposalCard:
        """Return the proposal in short."""
        return self.view.card

    @property
    def tone(self) -> str:
        """Return the tone of its state."""
        return TONES[self.view.card.state]


def page(view: ProposalView, names: Mapping[str, Text]) -> Page:
    """Return the page; *names* are the names of the things and items by code."""
    changed = [_changed(code, lines, names) for code, lines in view.changes.items()]
    paths = {file.path for file in view.files}
    return Page(
        view=view,
        files=tuple(_part(file, view) for file in view.files),
        elsewhere=tuple(found for found in view.findings.errors if found.where.path not in paths),
        things=tuple(one for one in changed if not one.code.startswith(SINGLE_PREFIX)),
        singles=tuple(one for one in changed if one.code.startswith(SINGLE_PREFIX)),
        deeds=tuple(_deed(line.entry) for line in reversed(view.history)),
        steps=_way(view.card.state),
        can=frozenset(action.code for action in view.actions),
        is_open=view.card.state in OPEN,
    )


def _changed(code: str, lines: Sequence[Text], names: Mapping[str, Text]) -> Changed:
    bare = code.removeprefix(SINGLE_PREFIX)
    name = names.get(code) or names.get(bare) or Text(bare, bare)
    return Changed(code, name if bare == code else _SINGLE.format(name=name), lines)


def _part(file: ProposedFile, view: ProposalView) -> FilePart:
    findings = tuple(found for found in view.findings if found.where.path == file.path)
    return FilePart(file, *_CHANGES[file.change], comparing.compare(file.base_text, file.text), findings)


def _deed(entry: Any) -> Deed:
    what = ACTIONS[entry.action].label if entry.action in ACTIONS else _OPENED
    return Deed(entry.actor.get("name") or "", entry.at, what, entry.reason, str(entry.payload.get("path") or ""))


def _way(state: State) -> tuple[Step, ...]:
    order = [code for code, _ in _STEPS]
    if state not in order:
        return ()
    here = order.index(state)
    last = len(order) - 1
    return tuple(
        Step(label, "done" if position < here or here == last else "running" if position == here else "idle")
        for position, (_, label) in enumerate(_STEPS)
    )
