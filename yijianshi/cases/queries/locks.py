"""Taking cases for a command: the only place where cases are locked, always in id order, always after their application."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yijianshi.cases.logic.splitting import Sibling
from yijianshi.cases.logic.states import State
from yijianshi.cases.models import Case
from yijianshi.foundation import batch
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

_COLUMNS = (
    "id, number, application_id, application_number, version_id, item_code, position, organisation_id, region, waits_for, "
    "order_only, state, received_on, promised_on, legal_due_on, notice_until, correction_rounds"
)
NO_CASE = Text("这个办件", "This case")


@dataclass(frozen=True, slots=True)
class LockedCase:
    """A case held until the end of the transaction, as it stood when it was taken."""

    id: UUID
    number: str
    application_id: UUID
    application_number: str
    version_id: UUID
    item_code: str
    position: int
    organisation_id: UUID
    region: str
    waits_for: list[str]
    order_only: list[str]
    state: State
    received_on: date | None
    promised_on: date | None
    legal_due_on: date | None
    notice_until: date | None
    correction_rounds: int

    def as_sibling(self, state: State) -> Sibling:
        """Return what the order of the application's cases depends on, with *state* for where this one now stands."""
        return Sibling(self.item_code, state, tuple(self.waits_for), tuple(self.order_only))


def lock_cases(case_ids: Collection[UUID]) -> list[LockedCase]:
    """Take these cases; raises NotFound when one does not exist."""
    rows = batch.select(
        f"SELECT {_COLUMNS} FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE",  # noqa: S608
        [list(case_ids)],
    )
    return _complete(_loaded(rows), case_ids)


def lock_with_siblings(case_ids: Collection[UUID]) -> list[LockedCase]:
    """Take these cases and all others of their applications, because a decision moves what waits for it."""
    rows = batch.select(
        f"SELECT {_COLUMNS} FROM cases_case WHERE application_id = ANY(ARRAY("  # noqa: S608
        "SELECT application_id FROM cases_case WHERE id = ANY(%s))) ORDER BY id FOR UPDATE",
        [list(case_ids)],
    )
    return _complete(_loaded(rows), case_ids)


def lock_applications_cases(application_ids: Collection[UUID]) -> list[LockedCase]:
    """Take all cases of these applications."""
    rows = batch.select(
        f"SELECT {_COLUMNS} FROM cases_case WHERE application_id = ANY(%s) ORDER BY id FOR UPDATE",  # noqa: S608
        [list(application_ids)],
    )
    return _loaded(rows)


def list_due(state: State, *, before: date, limit: int) -> list[UUID]:
    """Return up to *limit* open cases in *state* whose next act was due before that day; whoever acts locks and looks again."""
    rows = batch.select(
        "SELECT id FROM cases_case WHERE is_open AND state = %s AND act_by < %s ORDER BY id LIMIT %s",
        [state.value, before, limit],
    )
    return [row[0] for row in rows]


def list_noticed(*, before: date, limit: int) -> list[UUID]:
    """Return up to *limit* cases whose notice may have ended before that day; whoever acts locks and looks again."""
    rows = batch.select(
        "SELECT id FROM cases_case WHERE is_open AND notice_until < %s AND state = %s ORDER BY notice_until, id LIMIT %s",
        [before, State.ACCEPTED.value, limit],
    )
    return [row[0] for row in rows]


def _loaded(rows: Sequence[tuple[object, ...]]) -> list[LockedCase]:
    return [LockedCase(*row[:11], State(row[11]), *row[12:]) for row in rows]  # type: ignore[call-arg, arg-type]


def _complete(cases: list[LockedCase], case_ids: Collection[UUID]) -> list[LockedCase]:
    if set(case_ids) - {case.id for case in cases}:
        raise NotFound(what=NO_CASE)
    return cases


def lock_ended(case_ids: Collection[UUID]) -> list[Case]:
    """Return the whole rows of these cases, locked until the transaction ends, to be put away."""
    return list(Case.objects.select_for_update().filter(pk__in=case_ids).order_by("pk"))
