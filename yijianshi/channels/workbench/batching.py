"""One action on many cases: all together when all can go, one by one when some cannot, and a word on each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.cases import commands as cases
from yijianshi.cases.queries.views import WorklistRow
from yijianshi.channels.workbench import checking, telling
from yijianshi.channels.workbench.checking import Problem
from yijianshi.channels.workbench.forms import SentBatch
from yijianshi.channels.workbench.presenting import service_words, words
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, DomainError
from yijianshi.kernel.text import Text

REVIEWED = frozenset({"approve", "deliver"})  # summed up before anything happens
MOST_RESULTS = 3  # a case with more to fill in is not a simple one
_ALL = Text("{n} 件{done}", "{done}: {n}")
_SOME = Text("{n} 件{done}，{m} 件没有办理", "{done}: {n}. Left as they were: {m}")
_NONE = Text("{m} 件都没有办理", "Nothing was changed. Cases left as they were: {m}")
_NOTHING = Text("还没有选办件。请先勾选，再选怎么办。", "No cases were selected. Please tick some, then choose what to do.")


class NotInThisBatch(Conflict):
    """这件现在是“{state}”，不能“{action}”。可能同事刚刚办理过。

    This case is now "{state}", so "{action}" is not possible. A colleague may just have dealt with it.
    """


class ManyResults(Conflict):
    """准予这个事项要填写 {n} 项结果，请打开这件单独办理。

    Approving this item needs {n} results to be filled in; please open the case.
    """


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: no problem means that it is done."""

    row: WorklistRow
    problem: Text | None = None


_LABELS = {
    "accept": Text("受理", "Accept"),
    "approve": Text("准予", "Approve"),
    "deliver": Text("送达", "Deliver"),
}


def label(action: str, *, is_service: bool = False) -> Text:
    """Return the name of a batch action, as an authority or a service says it."""
    return service_words.pick(_LABELS, service_words.BATCH, action, is_service=is_service)


def known(action: str) -> bool:
    """Say whether this action can be taken on many cases at once."""
    return action in _COMMANDS


def split(rows: Sequence[WorklistRow], action: str) -> tuple[list[WorklistRow], list[Outcome]]:
    """Return the rows the action suits as they stand now, and for the others why not."""
    suits, others = [], []
    for row in rows:
        problem = _unsuited(row, action)
        if problem is None:
            suits.append(row)
        else:
            others.append(Outcome(row, problem.text))
    return suits, others


def handle(sent: SentBatch, rows: Sequence[WorklistRow], *, by: Actor, at: datetime) -> list[Outcome]:
    """Take the action on every row it suits, and return what became of each, in order."""
    suits, others = split(rows, sent.action)
    found = {outcome.row.id: outcome for outcome in [*_all_or_each(sent, suits, by, at), *others]}
    return [found[row.id] for row in rows]


def problems(sent: SentBatch, rows: Sequence[WorklistRow], today: date) -> dict[UUID, list[Problem]]:
    """Return, by case, the results that are missing or cannot be right."""
    if sent.action != "approve":
        return {}
    suits, _ = split(rows, sent.action)
    found = {row.id: checking.result_problems(row.results, sent.results.get(row.id, {}), today) for row in suits}
    return {case_id: wrong for case_id, wrong in found.items() if wrong}


def report(action: str, outcomes: Sequence[Outcome]) -> telling.Told:
    """Return the report for the page."""
    if not outcomes:
        return telling.Told("waiting", _NOTHING)
    failed = [outcome for outcome in outcomes if outcome.problem]
    done = len(outcomes) - len(failed)
    text = _NONE if not done else _SOME if failed else _ALL
    said = service_words.pick(words.DONE, service_words.DONE, action, is_service=outcomes[0].row.is_service)
    title = text.format(n=done, m=len(failed), done=said)
    lines = [_line(outcome, said) for outcome in outcomes]
    return telling.Told("waiting" if failed else "done", title, lines)


def _line(outcome: Outcome, done: Text) -> telling.Line:
    row = outcome.row
    about = Text(f"{row.item_name.zh} · {row.applicant}", f"{row.item_name.en} · {row.applicant}")
    return telling.Line(row.number, about, outcome.problem or done, "waiting" if outcome.problem else "done")


def _unsuited(row: WorklistRow, action: str) -> DomainError | None:
    if action == "approve" and len(row.results) > MOST_RESULTS:
        return ManyResults(n=len(row.results))
    return (
        None
        if action in row.actions
        else NotInThisBatch(state=words.state(row.state, row.state_text), action=label(action, is_service=row.is_service))
    )


def _all_or_each(sent: SentBatch, rows: Sequence[WorklistRow], by: Actor, at: datetime) -> list[Outcome]:
    if not rows:
        return []
    try:
        _COMMANDS[sent.action](sent, [row.id for row in rows], {"by": by, "at": at})
    except DomainError as error:
        if len(rows) == 1:
            return [Outcome(rows[0], error.text)]
        # One of them stood in the way of all: a command is one transaction. Each gets its own.
        return [outcome for row in rows for outcome in _all_or_each(sent, [row], by, at)]
    return [Outcome(row) for row in rows]


def _accept(sent: SentBatch, ids: list[UUID], who: Mapping[str, Any]) -> None:
    cases.accept(ids, **who)


def _approve(sent: SentBatch, ids: list[UUID], who: Mapping[str, Any]) -> None:
    approvals = [cases.Approval(case_id=case_id, results=dict(sent.results.get(case_id, {})), note=sent.note) for case_id in ids]
    cases.approve(approvals, **who)


def _deliver(sent: SentBatch, ids: list[UUID], who: Mapping[str, Any]) -> None:
    cases.deliver(ids, how=sent.note, **who)


_COMMANDS: dict[str, Callable[[SentBatch, list[UUID], Mapping[str, Any]], None]] = {
    "accept": _accept,
    "approve": _approve,
    "deliver": _deliver,
}
