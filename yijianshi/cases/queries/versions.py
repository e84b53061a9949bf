"""Which published versions are in use: how many drafts, running and finished applications stand on each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX
from yijianshi.foundation import batch
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

READERS = frozenset({Role.AUTHOR, Role.SUPERVISOR, Role.OPERATOR})
_WHY = Text("只有内容编辑、监督和运行人员可以看", "only authors, supervisors and operators may see this")
_FINISHED = """
SELECT version_id, count(*) FROM (
    SELECT application_id, version_id FROM cases_case GROUP BY application_id, version_id HAVING NOT bool_or(is_open)
) AS ended GROUP BY version_id
"""


@dataclass(frozen=True, slots=True)
class VersionInUse:
    """One version and what stands on it; figures only, nobody's applications."""

    card: catalogue.PublishedVersion
    is_current: bool
    is_coming: bool
    drafts: int
    under_way: int
    finished: int


@dataclass(frozen=True, slots=True)
class ThingInUse:
    """One thing (or item handled on its own) with its versions, newest first."""

    code: str
    name: Text
    versions: tuple[VersionInUse, ...]

    @property
    def current(self) -> VersionInUse | None:
        """Return the version in force."""
        return next((one for one in self.versions if one.is_current), None)

    @property
    def to_move(self) -> int:
        """Return how many drafts stand on versions older than the one in force."""
        current = self.current
        return sum(one.drafts for one in self.versions if current and one.card.version < current.card.version)


def list_versions_in_use(*, by: Actor, on: date) -> list[ThingInUse]:
    """Return every one-thing, and every single item somebody applied for, with its versions; three queries however many.

    Raises Forbidden unless *by* writes content, supervises or operates.
    """
    if not (by.is_system or READERS & by.roles):
        raise Forbidden(why=_WHY)
    counts = applications.count_by_version()
    finished: dict[UUID, int] = dict(batch.select(_FINISHED, []))
    by_code: dict[str, list[catalogue.PublishedVersion]] = {}
    for card in catalogue.list_all_versions():
        by_code.setdefault(card.code, []).append(card)
    things = [_thing(code, cards, counts, finished, on) for code, cards in by_code.items() if _is_shown(code, cards, counts)]
    return sorted(things, key=lambda thing: (thing.code.startswith(SINGLE_PREFIX), thing.code))


def _is_shown(code: str, cards: Collection[catalogue.PublishedVersion], used: Collection[UUID]) -> bool:
    return not code.startswith(SINGLE_PREFIX) or any(card.id in used for card in cards)


def _thing(
    code: str,
    cards: list[catalogue.PublishedVersion],
    counts: applications.VersionCounts,
    finished: dict[UUID, int],
    on: date,
) -> ThingInUse:
    newest_first = sorted(cards, key=lambda card: -card.version)
    begun = next((card for card in newest_first if card.effective_on <= on), None)
    current = begun.id if begun is not None and not begun.is_end else None
    versions = []
    for card in newest_first:
        drafts, submitted = counts.get(card.id, (0, 0))
        done = finished.get(card.id, 0)
        is_coming = card.effective_on > on
        versions.append(VersionInUse(card, card.id == current, is_coming, drafts, submitted - done, done))
    return ThingInUse(code, newest_first[0].name, tuple(versions))
