"""The summary of a batch: the cases it suits with the results still to be typed, and the others with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from yijianshi.cases.queries.views import WorklistRow
from yijianshi.channels.workbench import batching
from yijianshi.channels.workbench.checking import Problem
from yijianshi.channels.workbench.forms import SentBatch, result_name
from yijianshi.channels.workbench.presenting import asking
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One case and the results the officer fills in for it."""

    row: WorklistRow
    fields: Sequence[asking.Asked]


@dataclass(frozen=True, slots=True)
class Summary:
    """The page before a batch is taken; *problems* link to their fields."""

    sent: SentBatch
    action: Text
    lines: Sequence[Line]
    others: Sequence[batching.Outcome]
    problems: Sequence[Mapping[str, object]]
    accepts: int  # how many of the cases are accepted by the same act
    is_service: bool  # of a body that is no authority


def summary(sent: SentBatch, rows: Sequence[WorklistRow], problems: Mapping[UUID, Sequence[Problem]]) -> Summary:
    """Return the summary with what was typed so far."""
    suits, others = batching.split(rows, sent.action)
    lines = [_line(row, sent, problems.get(row.id, ())) for row in suits]
    told = [{"text": field.problem, "link": f"#{field.id}"} for line in lines for field in line.fields if field.problem]
    accepts = sum(row.state == "RECEIVED" for row in suits) if sent.action == "approve" else 0
    is_service = any(row.is_service for row in rows)
    action = batching.label(sent.action, is_service=is_service)
    return Summary(sent, action, lines, others, told, accepts, is_service)


def _line(row: WorklistRow, sent: SentBatch, problems: Sequence[Problem]) -> Line:
    given, wrong = sent.results.get(row.id, {}), {problem.name: problem.text for problem in problems}
    results = row.results if sent.action == "approve" else ()
    return Line(
        row,
        [asking.asked(one, given.get(one.name, ""), wrong.get(one.name), name=result_name(row.id, one.name)) for one in results],
    )
