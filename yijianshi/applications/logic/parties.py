"""What a party is shown of a draft, and where their agreement stands."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from yijianshi.catalogue.logic.plan import PlannedParty
from yijianshi.kernel.text import Text


class PartyStatus(StrEnum):
    """Where a party's agreement stands."""

    NOT_ASKED = "NOT_ASKED"
    WAITING = "WAITING"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    OUTDATED = "OUTDATED"  # asked or confirmed, but the draft has changed since


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one person or subject: label and value in words."""

    label: Text
    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a party is shown: which matter and items it is about, the answers, and the names of the files."""

    title: Text
    items: tuple[Text, ...]
    sections: tuple[Section, ...]
    files: Mapping[str, Sequence[Mapping[str, str]]]  # material → [{id, name}]

    def to_json(self) -> dict[str, Any]:
        """Return the sheet as plain JSON."""
        return {
            "title": self.title.to_json(),
            "items": [item.to_json() for item in self.items],
            "sections": [
                {"label": one.label.to_json(), "rows": [[label.to_json(), value.to_json()] for label, value in one.rows]}
                for one in self.sections
            ],
            "files": {code: [dict(one) for one in files] for code, files in self.files.items()},
        }


def sheet_from(kept: Mapping[str, Any]) -> Sheet:
    """Return the sheet that was kept as JSON."""
    return Sheet(
        title=Text(**kept["title"]),
        items=tuple(Text(**item) for item in kept["items"]),
        sections=tuple(
            Section(Text(**one["label"]), tuple((Text(**label), Text(**value)) for label, value in one["rows"]))
            for one in kept["sections"]
        ),
        files=kept["files"],
    )


def digest_of(sheet: Sheet, facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of the sheet and of the facts behind its masks, so that no change goes unnoticed."""
    content = {"sheet": sheet.to_json(), "facts": dict(facts)}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Asked:
    """The last invitation of a party."""

    id: UUID
    revision: int
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """The last answer of a party."""

    confirmed: bool
    revision: int
    digest: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartyState:
    """One party of a draft and where their agreement stands."""

    party: PlannedParty
    status: PartyStatus
    asked: Asked | None = None
    answered: Answered | None = None

    @property
    def problem(self) -> Text | None:
        """Return what is missing before submission, None once the party agrees."""
        words = _MISSING.get(self.status)
        return words.format(party=self.party.label) if words else None


_MISSING = {
    PartyStatus.NOT_ASKED: Text(
        "还没有请“{party}”确认。请到“请对方确认”那一步发出邀请。",
        "'{party}' has not been asked to agree yet. Please invite them in the step 'Ask the others'.",
    ),
    PartyStatus.WAITING: Text(
        "“{party}”还没有确认。请把链接转给对方，对方登录后就能确认。",
        "'{party}' has not agreed yet. Please pass on the link; they can agree after signing in.",
    ),
    PartyStatus.DECLINED: Text(
        "“{party}”没有同意。请看看原因，改好后再请对方确认。",
        "'{party}' did not agree. Please see why, change what is needed, and ask again.",
    ),
    PartyStatus.OUTDATED: Text(
        "内容改过了，“{party}”原来的确认不再有效。请再请对方确认一次。",
        "The content has changed, so the agreement of '{party}' no longer counts. Please ask again.",
    ),
}


def state_of(party: PlannedParty, now: tuple[int, str], asked: Asked | None, answered: Answered | None) -> PartyState:
    """Return where a party stands; *now* is the draft's present revision and the digest of what would be shown now."""
    if asked is None:
        return PartyState(party, PartyStatus.NOT_ASKED)
    if (asked.revision, asked.digest) != now:
        return PartyState(party, PartyStatus.OUTDATED, asked, answered)
    if answered is None or (answered.revision, answered.digest) != now or answered.at < asked.at:
        return PartyState(party, PartyStatus.WAITING, asked, answered)
    status = PartyStatus.CONFIRMED if answered.confirmed else PartyStatus.DECLINED
    return PartyState(party, status, asked, answered)
