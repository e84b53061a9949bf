"""What goes into the archive package of one finished application; every value is checked when it is made."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from yijianshi.kernel.archive import formats, names, refusals
from yijianshi.kernel.archive.retention import Retention

# The day an application closed decides the year its period starts in; in UTC, New Year's morning would still be last year.
CHINA = timezone(timedelta(hours=8))
# What XML 1.0 (5th ed., production 2) cannot hold, and the control characters it discourages.
_ODD_LETTER = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEAF = re.compile(r"[0-9a-f]{64}")


class Role(StrEnum):
    """The four folders of papers."""

    APPLICATION = "申请"
    MATERIAL = "材料"
    COURSE = "过程"
    RESULT = "结果"


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of the case; *name* is a plain file name with an ending of ``formats.MEDIA_TYPES``, *made_at* is aware."""

    name: str
    title: str
    content: bytes
    media_type: str
    role: Role
    made_at: datetime
    origin: str

    def __post_init__(self) -> None:
        if "/" in self.name or names.escapes(self.name) or names.is_unsafe(self.name):
            raise refusals.PaperNameUnsafe(file=names.visible(self.name))
        if len(self.name.encode()) > names.MOST_NAME_BYTES or unicodedata.normalize("NFC", self.name) != self.name:
            raise refusals.PaperNameUnsafe(file=names.visible(self.name))
        if not self.content:
            raise refusals.PaperEmpty(file=self.name)
        formats.refuse_name(self.name, self.media_type)
        _require_words("title", self.title)
        _refuse_odd_letters(("title", self.title), ("origin", self.origin), ("media_type", self.media_type))
        _require_zone("made_at", self.made_at)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; *leaf* is the line's digest in the transparency log (64 hex digits) or "" where there is none."""

    at: datetime
    actor: str
    action: str
    from_state: str = ""
    to_state: str = ""
    reason: str = ""
    basis: str = ""
    leaf: str = ""

    def __post_init__(self) -> None:
        _require_zone("at", self.at)
        _require_words("action", self.action)
        if self.leaf and not _LEAF.fullmatch(self.leaf):
            raise refusals.LeafMalformed(leaf=names.visible(self.leaf))
        parts = ("actor", "action", "from_state", "to_state", "reason", "basis")
        _refuse_odd_letters(*((part, getattr(self, part)) for part in parts))


@dataclass(frozen=True, slots=True)
class Item:
    """One service item (事项) of the application."""

    code: str
    name: str

    def __post_init__(self) -> None:
        _require_words("item code", self.code)
        _require_words("item name", self.name)
        _refuse_odd_letters(("item code", self.code), ("item name", self.name))


@dataclass(frozen=True, slots=True)
class CasePackage:
    """One finished application. Whether the applicant is masked is the caller's decision; papers and steps keep their order."""

    number: str
    title: str
    items: tuple[Item, ...]
    organisation: str
    applicant: str
    opened_at: datetime
    closed_at: datetime
    outcome: str
    retention: Retention
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    extra: tuple[tuple[str, str], ...] = ()
    required: tuple[Role, ...] = (Role.APPLICATION, Role.RESULT)

    def __post_init__(self) -> None:
        _require_zone("opened_at", self.opened_at)
        _require_zone("closed_at", self.closed_at)
        if self.closed_at < self.opened_at:
            raise refusals.ClosedBeforeOpened(number=self.number)
        parts = ("number", "title", "organisation", "outcome")
        for part in parts:
            _require_words(part, getattr(self, part))
        _refuse_odd_letters(*((part, getattr(self, part)) for part in (*parts, "applicant")))
        _refuse_odd_letters(*(("extra", word) for pair in self.extra for word in pair))
        if not self.items:
            raise refusals.ValueMissing(what="items")
        _refuse_gaps(self)

    @property
    def closed_on(self) -> date:
        """Return the day it was closed by Beijing time, from which the period is counted."""
        return self.closed_at.astimezone(CHINA).date()


def _refuse_gaps(package: CasePackage) -> None:
    there = {paper.role for paper in package.papers}
    missing = next((role for role in package.required if role not in there), None)
    if missing is not None:
        raise refusals.RequiredRoleMissing(role=missing.value)
    keys = [name for name, _ in package.extra]
    if len(set(keys)) != len(keys):
        raise refusals.ExtraTwice(name=next(name for name in keys if keys.count(name) > 1))


def _require_words(what: str, text: str) -> None:
    if not text.strip():
        raise refusals.ValueMissing(what=what)


def _require_zone(what: str, at: datetime) -> None:
    if at.utcoffset() is None:
        raise refusals.TimeWithoutZone(what=what)


def _refuse_odd_letters(*values: tuple[str, str]) -> None:
    for what, text in values:
        found = _ODD_LETTER.search(text)
        if found:
            raise refusals.TextNotWritable(what=what, letter=f"U+{ord(found.group()):04X}")
