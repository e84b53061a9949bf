"""What a case's end means for the cases that wait for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.events import CaseReceived
from yijianshi.cases.logic.splitting import Sibling, blocked, ready
from yijianshi.cases.queries.items import check_by
from yijianshi.cases.queries.locks import LockedCase
from yijianshi.identity.logic.actor import SYSTEM


def follow_up(moves: Moves, cases: Sequence[LockedCase]) -> None:
    """Start the held cases whose upstream results now exist; end those that can no longer get one.

    *cases* are all cases of the applications concerned, locked. The house moves them, not the officer who decided.
    """
    own = Moves(SYSTEM, moves.at)
    for siblings in _by_application(cases):
        seen = [Sibling(case.item_code, moves.state_of(case), tuple(case.waits_for)) for case in siblings]
        named = {case.item_code: case for case in siblings}
        for code in ready(seen):
            _release(own, named[code])
        for code, cause in blocked(seen).items():
            own.take(named[code], "terminate", Note(payload={"because_of": cause}))
    moves.absorb(own)


def _release(own: Moves, case: LockedCase) -> None:
    own.take(case, "release", received_on=own.today, act_by=check_by(case.version_id, case.item_code, own.today))
    own.tell(CaseReceived(str(case.id), str(case.application_id)))


def _by_application(cases: Iterable[LockedCase]) -> Iterable[list[LockedCase]]:
    groups: dict[UUID, list[LockedCase]] = defaultdict(list)
    for case in cases:
        groups[case.application_id].append(case)
    return [sorted(group, key=lambda case: case.position) for group in groups.values()]
