"""A file of a proposal beside the shelf: what it changes, and whether the shelf has moved on since it was taken up."""

from dataclasses import dataclass
from enum import StrEnum

from yijianshi.catalogue.logic.authoring.merging import Conflict, Merged, merge


class Change(StrEnum):
    """What a proposal does to a file."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    REMOVED = "REMOVED"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Proposed:
    """One file: the shelf's text when it was taken up, the proposed text, the shelf's text now; None is not there."""

    path: str
    base: str | None
    text: str | None
    shelf: str | None

    @property
    def change(self) -> Change:
        """Return what would change on the shelf as it is now."""
        outcome = self.outcome
        if outcome == self.shelf:
            return Change.NONE
        if self.shelf is None:
            return Change.ADDED
        return Change.REMOVED if outcome is None else Change.CHANGED

    @property
    def is_behind(self) -> bool:
        """Say whether the shelf has changed since the file was taken up, other than to what is proposed."""
        return self.shelf not in (self.base, self.text)

    @property
    def merged(self) -> Merged:
        """Return the merge of the proposed text (mine) with the shelf's (theirs)."""
        return merge(self.base, self.text, self.shelf)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what somebody must settle before it can be published."""
        return self.merged.conflicts if self.is_behind else ()

    @property
    def outcome(self) -> str | None:
        """Return the text as it would be on the shelf; where there are conflicts, as proposed."""
        if not self.is_behind or self.text is None:
            return self.text
        return self.merged.text
