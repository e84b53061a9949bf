"""Something new in a proposal: what can be begun, alone or after the example of what is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.catalogue.commands import authoring as commands
from yijianshi.catalogue.logic.authoring.creating import FOLDER_OF, Wanted
from yijianshi.catalogue.logic.authoring.places import SORTS
from yijianshi.catalogue.queries import authoring as catalogue
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

BLANK = "new:"


@dataclass(frozen=True, slots=True)
class Models:
    """The files of one kind that a new one can be written after."""

    label: Text
    choices: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Page:
    """What can be chosen: kinds to begin from nothing, files to write after, things an example can belong to."""

    blanks: Sequence[tuple[str, Text]]
    models: Sequence[Models]
    things: Sequence[tuple[str, Text]]


def page(*, by: Actor) -> Page:
    """Return the choices. Raises NotForYou."""
    cards = catalogue.list_files(by=by)
    blanks = [(f"{BLANK}{kind}", SORTS[kind]) for kind in FOLDER_OF]
    models = [Models(SORTS[kind], [(one.path, one.name) for one in cards if one.kind == kind]) for kind in FOLDER_OF]
    return Page(blanks, [one for one in models if one.choices], [(one.code, one.name) for one in cards if one.kind == "thing"])


def create(proposal_id: UUID, sent: Mapping[str, str], *, by: Actor, at: datetime) -> str:
    """Begin the file the form asks for and return its path. Raises what ``create_file`` raises."""
    like = sent.get("like", "")
    found = "" if like.startswith(BLANK) else like
    kinds = {card.path: card.kind for card in catalogue.list_files(by=by)} if found else {}
    wanted = Wanted(
        kind=kinds.get(found, "") if found else like.removeprefix(BLANK),
        code=sent.get("code", "").strip(),
        name_zh=sent.get("name_zh", "").strip(),
        name_en=sent.get("name_en", "").strip(),
        thing=sent.get("thing", "").strip(),
        like=found,
    )
    return commands.create_file(proposal_id, wanted, by=by, at=at)
