"""What the departments' own systems tell: each kind of message is one of the desk's actions, taken for that organisation.

The same rules hold as at the desk. A step that has been taken already (by a colleague here, or by silence) is not taken again.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.cases.commands import correct, decide, pause
from yijianshi.cases.commands.accept import NonAcceptance, accept, not_accept
from yijianshi.cases.commands.deliver import deliver
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.cases.logic.states import State
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.applying import Incoming
from yijianshi.foundation import batch
from yijianshi.identity.logic.actor import Actor, ActorKind, Role
from yijianshi.kernel.errors import Forbidden, Invalid, NotFound
from yijianshi.kernel.identifiers.certificate_id import check_certificate_id
from yijianshi.kernel.text import Text

_CASE = Text("对方说的这个办件", "The case the other system speaks of")
_ENDED = frozenset({State.WITHDRAWN, State.TERMINATED, State.RETURNED})
_CASES = "SELECT number, id, organisation_id, item_code, state FROM cases_case WHERE number = ANY(%s)"


class NotTheirCase(Forbidden):
    """办件 {number} 不归“{neighbour}”办理，所以没有采用它的消息。

    Case {number} is not handled by "{neighbour}", so its message was not used.
    """


class ToldWrongly(Invalid):
    """“{neighbour}”关于办件 {number} 的消息缺少“{part}”，或格式不对。

    The message of "{neighbour}" about case {number} lacks "{part}", or has it in another form.
    """


@dataclass(frozen=True, slots=True)
class _Told:
    """One message and the case it speaks of."""

    case_id: UUID
    number: str
    neighbour: str
    body: Mapping[str, Any]

    def text(self, part: str, *, needed: bool = True, longest: int = 2_000) -> str:
        found = self.body.get(part)
        if isinstance(found, str) and (found.strip() or not needed) and len(found) <= longest:
            return found.strip()
        if found is None and not needed:
            return ""
        raise ToldWrongly(neighbour=self.neighbour, number=self.number, part=part)

    def mapping(self, part: str) -> Mapping[str, Any]:
        found = self.body.get(part, {})
        if not isinstance(found, dict):
            raise ToldWrongly(neighbour=self.neighbour, number=self.number, part=part)
        return found


Act = Callable[[Sequence[_Told], Actor, datetime], None]


def apply_answers(incoming: Sequence[Incoming], at: datetime) -> None:
    """Take the action that this kind of message means (all of *incoming* are of one kind), each organisation's together."""
    kind = _KINDS[incoming[0].kind]
    by_organisation: dict[tuple[str, UUID], list[_Told]] = defaultdict(list)
    rows = {row[0]: row[1:] for row in batch.select(_CASES, [[one.about for one in incoming]])}
    for one in incoming:
        if one.about not in rows:
            raise NotFound(what=_CASE)
        case_id, organisation_id, item_code, state = rows[one.about]
        card = neighbours.find_serving(organisation_id, item_code)
        if card is None or card.code != one.neighbour:
            raise NotTheirCase(number=one.about, neighbour=neighbours.get_neighbour(one.neighbour).name)
        if State(state) not in kind.passed:
            by_organisation[one.neighbour, organisation_id].append(_Told(case_id, one.about, one.neighbour, one.body))
    for (code, organisation_id), told in by_organisation.items():
        kind.act(told, acting_for(code, organisation_id), at)


def acting_for(code: str, organisation_id: UUID) -> Actor:
    """Return the neighbour as an actor at that organisation's desk: it may accept and decide, not extend a limit."""
    name = neighbours.get_neighbour(code).name.zh
    return Actor(
        kind=ActorKind.NEIGHBOUR, organisation_id=organisation_id, roles=frozenset({Role.CLERK, Role.OFFICER}), name=name
    )


def _accept(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    accept([one.case_id for one in told], by=by, at=at)


def _not_accept(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    refusals = [
        NonAcceptance(case_id=one.case_id, reason=one.text("reason"), basis=one.text("basis", needed=False, longest=200))
        for one in told
    ]
    not_accept(refusals, by=by, at=at)


def _request_corrections(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    requests = [correct.CorrectionRequest(case_id=one.case_id, entries=_entries(one)) for one in told]
    correct.request_corrections(requests, by=by, at=at)


def _entries(one: _Told) -> tuple[CorrectionEntry, ...]:
    found = one.body.get("entries")
    try:
        return tuple(CorrectionEntry.from_json(entry) for entry in found)  # type: ignore[union-attr]
    except (TypeError, KeyError, AttributeError) as error:
        raise ToldWrongly(neighbour=one.neighbour, number=one.number, part="entries") from error


def _suspend(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    suspensions = [
        pause.Suspension(
            case_id=one.case_id,
            reason=one.text("code", longest=24),
            basis=one.text("basis", needed=False, longest=200),
            working_days=None,
            note=one.text("reason"),
        )
        for one in told
    ]
    pause.suspend(suspensions, by=by, at=at)


def _resume(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    pause.resume([one.case_id for one in told], by=by, at=at)


def _approve(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    approvals = [
        decide.Approval(
            case_id=one.case_id,
            results=one.mapping("results"),
            note=one.text("reason", needed=False),
            identifiers=_identifiers(one),
        )
        for one in told
    ]
    decide.approve(approvals, by=by, at=at)


def _identifiers(one: _Told) -> dict[str, str]:
    """Return type → identifier of the certificates their system has issued; none named: they are issued here."""
    found = one.body.get("certificates") or []
    try:
        named = {str(paper["type"]): str(paper["identifier"]) for paper in found}
    except (TypeError, KeyError) as error:
        raise ToldWrongly(neighbour=one.neighbour, number=one.number, part="certificates") from error
    if any(check_certificate_id(identifier) for identifier in named.values()):
        raise ToldWrongly(neighbour=one.neighbour, number=one.number, part="certificates")
    return named


def _refuse(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    refusals = [
        decide.Refusal(case_id=one.case_id, reason=one.text("reason"), basis=one.text("basis", needed=False, longest=200))
        for one in told
    ]
    decide.refuse(refusals, by=by, at=at)


def _deliver(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    for one in told:
        deliver([one.case_id], by=by, at=at, how=one.text("how", needed=False, longest=200))


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a kind of message does, and the states in which it has been done already or no longer matters."""

    act: Act
    passed: frozenset[State]


_BEYOND = frozenset({State.ACCEPTED, State.SUSPENDED, State.DECIDED, State.COMPLETED, State.REFUSED}) | _ENDED
_KINDS: dict[str, _Kind] = {
    "case.accepted": _Kind(_accept, _BEYOND),
    "case.not_accepted": _Kind(_not_accept, frozenset({State.NOT_ACCEPTED})),
    "case.correction_requested": _Kind(_request_corrections, frozenset({State.CORRECTION_REQUESTED}) | _ENDED),
    "case.suspended": _Kind(_suspend, frozenset({State.SUSPENDED}) | _ENDED),
    "case.resumed": _Kind(_resume, _BEYOND - {State.SUSPENDED}),
    "case.approved": _Kind(_approve, frozenset({State.DECIDED, State.COMPLETED})),
    "case.refused": _Kind(_refuse, frozenset({State.REFUSED})),
    "case.delivered": _Kind(_deliver, frozenset({State.COMPLETED})),
}
KINDS = tuple(_KINDS)
