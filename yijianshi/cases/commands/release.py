"""What a case's end means for the cases that wait for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from yijianshi.cases.commands.await_data import owing
from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.events import CaseReceived, HandOverDue
from yijianshi.cases.logic.splitting import consequences
from yijianshi.cases.queries.items import check_by
from yijianshi.cases.queries.locks import LockedCase
from yijianshi.exchange import queries as neighbours
from yijianshi.identity.logic.actor import SYSTEM


def follow_up(moves: Moves, cases: Sequence[LockedCase]) -> None:
    """Start the held cases that have what they waited for; end those that can no longer get a result they need.

    *cases* are all cases of the applications concerned, locked. The house moves them, not the officer who decided.
    """
    own = Moves(SYSTEM, moves.at)
    owed: Mapping[UUID, frozenset[str]] | None = None
    for siblings in _by_application(cases):
        follows = consequences([case.as_sibling(moves.state_of(case)) for case in siblings])
        named = {case.item_code: case for case in siblings}
        for code in follows.started:
            owed = owing({case.application_id for case in cases}) if owed is None else owed
            _release(own, named[code], owed)
        for code, cause in follows.stopped.items():
            own.take(named[code], "terminate", Note(payload={"because_of": cause}))
    moves.absorb(own)


def _release(own: Moves, case: LockedCase, owed: Mapping[UUID, frozenset[str]]) -> None:
    own.take(case, "release", received_on=own.today, act_by=check_by(case.version_id, case.item_code, own.today))
    if case.item_code in owed.get(case.application_id, frozenset()):
        own.take(case, "await_data")
        return
    own.tell(CaseReceived(str(case.id), str(case.application_id)))
    if neighbours.find_serving(case.organisation_id, case.item_code):
        own.tell(HandOverDue(str(case.id), str(case.application_id)))


def _by_application(cases: Iterable[LockedCase]) -> Iterable[list[LockedCase]]:
    groups: dict[UUID, list[LockedCase]] = defaultdict(list)
    for case in cases:
        groups[case.application_id].append(case)
    return [sorted(group, key=lambda case: case.position) for group in groups.values()]
