"""One action on one case: check the words, ask once more where it cannot be undone, then make the one call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from yijianshi.cases import commands as cases
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.cases.logic.states import ACTIONS
from yijianshi.cases.queries.views import CaseView
from yijianshi.channels.workbench import checking
from yijianshi.channels.workbench.checking import Problem
from yijianshi.channels.workbench.forms import Sent
from yijianshi.channels.workbench.presenting import words
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Invalid
from yijianshi.kernel.text import Text

REVIEWED = frozenset({"approve", "refuse", "not_accept", "request_correction", "extend"})  # cannot be taken back


class CaseMoved(Conflict):
    """这件办件在您打开之后有了变化。您这一步没有执行，请看过现在的情况再决定。

    This case has changed since you opened it. Your step was not taken; please look at it as it stands now.
    """


class NotNow(Conflict):
    """这件办件现在是“{state}”，不能“{action}”。可能同事刚刚办理过。

    This case is now "{state}", so "{action}" is not possible. A colleague may just have dealt with it.
    """


class Step(StrEnum):
    """What the clerk sees next."""

    FORM = "FORM"
    REVIEW = "REVIEW"
    CONFLICT = "CONFLICT"
    DONE = "DONE"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The next step, and what stands in the way."""

    step: Step
    problems: Sequence[Problem] = ()
    conflict: Text | None = None
    status: int = 200


def mark_of(case: CaseView) -> str:
    """Return a short mark of what a case looks like: another mark later means that somebody has handled it in between."""
    return f"{case.state}.{len(case.history)}"


def proceed(case: CaseView, action: str, sent: Sent, *, by: Actor, at: datetime) -> Outcome:
    """Take the action, or return the step that comes before it; raises NotFound and Forbidden only."""
    if sent.seen and sent.seen != mark_of(case):
        return Outcome(Step.CONFLICT, conflict=CaseMoved().text, status=409)
    if action not in {row.code for row in case.allowed}:
        why = NotNow(state=words.state(case.state, case.state_text), action=ACTIONS[action].label)
        return Outcome(Step.CONFLICT, conflict=why.text, status=409)
    if sent.step in {"", "edit"}:
        return Outcome(Step.FORM)
    problems = checking.problems_of(case, action, sent, clock.today(at))
    if problems:
        return Outcome(Step.FORM, problems, status=422)
    if action in REVIEWED and sent.step != "confirm":
        return Outcome(Step.REVIEW)
    return _take(case, action, sent, by, at)


def _take(case: CaseView, action: str, sent: Sent, by: Actor, at: datetime) -> Outcome:
    try:
        _COMMANDS[action](case, sent, {"by": by, "at": at})
    except Conflict as error:
        return Outcome(Step.CONFLICT, conflict=error.text, status=409)
    except Invalid as error:
        return Outcome(Step.FORM, [checking.problem_of(error)], status=error.status)
    return Outcome(Step.DONE)


def _accept(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.accept([case.id], **who)


def _not_accept(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.not_accept([cases.NonAcceptance(case_id=case.id, reason=sent.word("reason"), basis=sent.word("basis"))], **who)


def _request_correction(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    offered = checking.offered(case)
    entries = tuple(CorrectionEntry(pick.kind, pick.name, pick.text) for pick in sent.picks if pick.key in offered)
    cases.request_corrections([cases.CorrectionRequest(case_id=case.id, entries=entries)], **who)


def _suspend(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    reason, basis, note = (sent.word(name) for name in ("suspension", "basis", "note"))
    days = int(sent.word("days"))  # checked before
    cases.suspend([cases.Suspension(case_id=case.id, reason=reason, basis=basis, working_days=days, note=note)], **who)


def _go_without_data(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.go_without_data([cases.WithoutData(case_id=case.id, reason=sent.word("reason"))], **who)


def _resume(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.resume([case.id], **who)


def _extend(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.extend([cases.Extension(case_id=case.id, reason=sent.word("reason"))], **who)


def _approve(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.approve([cases.Approval(case_id=case.id, results=dict(sent.results), note=sent.word("note"))], **who)


def _refuse(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.refuse([cases.Refusal(case_id=case.id, reason=sent.word("reason"), basis=sent.word("basis"))], **who)


def _deliver(case: CaseView, sent: Sent, who: dict[str, Any]) -> None:
    cases.deliver([case.id], how=sent.word("how"), **who)


_COMMANDS: dict[str, Callable[[CaseView, Sent, dict[str, Any]], None]] = {
    "accept": _accept,
    "not_accept": _not_accept,
    "request_correction": _request_correction,
    "suspend": _suspend,
    "resume": _resume,
    "go_without_data": _go_without_data,
    "extend": _extend,
    "approve": _approve,
    "refuse": _refuse,
    "deliver": _deliver,
}
FORMS = frozenset(_COMMANDS)


def is_known(action: str) -> bool:
    """Say whether a clerk takes this action here."""
    return action in FORMS
