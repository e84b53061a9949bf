"""Material cards: what it is, why it is needed or not, how it can be met, what was handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yijianshi.applications.queries import Stored
from yijianshi.applications.queries.views import DraftMaterial
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import PlannedMaterial
from yijianshi.catalogue.logic.schema import Material, SatisfierKind
from yijianshi.channels.portal.presenting import words
from yijianshi.kernel.text import Text

_ORDER = {"waiting": 0, "running": 1, "done": 2, "idle": 3}
_HANDED_IN = ("done", Text("已上传", "Uploaded"))


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to meet the material, which the applicant may choose."""

    kind: str
    label: Text


@dataclass(frozen=True, slots=True)
class Card:
    """One material on the page."""

    planned: PlannedMaterial
    definition: Material | None
    tone: str
    state: Text
    way: Text | None
    files: list[Mapping[str, Any]]
    alternatives: list[Alternative]
    needed_by: list[Text]
    formats: tuple[str, ...]
    max_mb: int
    max_files: int
    problem: Text | None
    before: Sequence[Stored] = ()  # what was handed in before and may be used again

    @property
    def takes_files(self) -> bool:
        """Say whether there is an input for one more file."""
        return self.planned.status == "TO_UPLOAD" and len(self.files) < self.max_files

    @property
    def place(self) -> str:
        """Return the anchor of the input, or of the card where there is none."""
        return f"#up-{self.planned.code}" if self.takes_files else f"#m-{self.planned.code}"


def card(thing: CompiledThing, material: DraftMaterial, problem: Text | None = None, before: Sequence[Stored] = ()) -> Card:
    """Return the card of one ``DraftMaterial``."""
    planned = material.planned
    definition = thing.materials_by_code.get(planned.code)
    tone, state = _HANDED_IN if material.files else words.MATERIAL_STATUS[planned.status]
    upload = next((way for way in definition.satisfiers if way.kind is SatisfierKind.UPLOAD), None) if definition else None
    return Card(
        planned=planned,
        definition=definition,
        tone=tone,
        state=state,
        way=words.SATISFIERS.get(planned.satisfier) if planned.satisfier else None,
        files=list(material.files),
        alternatives=_alternatives(planned),
        needed_by=[thing.item(code).name for code in planned.needed_by if code in thing.items_by_code],
        formats=upload.formats if upload else ("pdf", "jpg", "png"),
        max_mb=upload.max_mb if upload else 10,
        max_files=upload.max_files if upload else 4,
        problem=problem,
        before=before,
    )


def _alternatives(planned: PlannedMaterial) -> list[Alternative]:
    if planned.status == "FROM_RESULT":  # it comes by itself; an upload could only contradict it
        return []
    return [Alternative(kind, words.SATISFIERS[kind]) for kind in planned.alternatives if kind in words.SATISFIERS]


def in_order(cards: list[Card]) -> list[Card]:
    """Return what the applicant must do first, what needs nothing last."""
    return sorted(cards, key=lambda card: _ORDER.get(card.tone, 9))
