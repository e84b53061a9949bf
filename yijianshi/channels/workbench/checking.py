"""What is still missing before an action can be reviewed: found here so that the field says it, decided again by the command."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yijianshi.cases.logic.corrections import MAX_TEXT
from yijianshi.cases.queries.views import CaseView, ResultField
from yijianshi.catalogue.logic import checking as values_checking
from yijianshi.catalogue.logic import values
from yijianshi.channels.shared import fields
from yijianshi.channels.workbench.forms import Sent
from yijianshi.foundation import calendars
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text

_REASON = Text(
    "请写明理由。申请人有权知道为什么，理由会原文写进告知书。",
    "Please state the reason. The applicant has a right to know why, and the notice quotes it word for word.",
)
_RESULT = Text("请填写“{label}”。后面的事项要用它。", 'Please fill in "{label}". Later items need it.')
_WHICH = Text("请选法定的暂停理由。", "Please choose the lawful reason for the pause.")
_BASIS = Text(
    "请写明依据，例如“行政许可法第四十五条”。",
    'Please name the legal basis, such as "Administrative Licensing Law, art. 45".',
)
_HOW_LONG = Text(
    "请写明预计需要几个工作日，填 1 到 365 的整数。",
    "Please say how many working days it will take, a whole number from 1 to 365.",
)
_WHAT_FOR = Text("请写一句说明，申请人会看到。", "Please add a sentence of explanation; the applicant will read it.")
_PICK = Text("请至少勾选一处，并写明怎样补。", "Please tick at least one point and say how to mend it.")
_HOW = Text("“{label}”怎样补还没有写。请用一句话写明。", 'Please say in one sentence how "{label}" should be mended.')
_LONG = Text("“{label}”写得太长，请不超过 {n} 字。", 'The words on "{label}" are too long; at most {n} characters, please.')

LONGEST_PAUSE = 365  # working days; a typing slip beyond that would hide a case for years


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, with the field it belongs to."""

    name: str
    text: Text


def link_to(problem: Problem, action: str) -> str:
    """Return the address of the problem's field in the page of *action*; words shared by several forms carry its name."""
    suffix = f"-{action}" if problem.name in {"reason", "basis", "note"} else ""
    return f"#{fields.field_id(problem.name.replace(':', '-'))}{suffix}"


def problems_of(case: CaseView, action: str, sent: Sent, today: date) -> list[Problem]:
    """Return what is missing or unusable in the form of *action*."""
    if action == "approve":
        return result_problems(case.results, sent.results, today)
    check = _CHECKS.get(action)
    return check(case, sent) if check else []


def problem_of(error: Invalid) -> Problem:
    """Return a command's refusal as a problem of its field."""
    return Problem(error.field or "reason", error.text)


def _reason(case: CaseView, sent: Sent) -> list[Problem]:
    return [] if sent.word("reason") else [Problem("reason", _REASON)]


def _suspension(case: CaseView, sent: Sent) -> list[Problem]:
    lawful, days = {code for code, _ in case.suspensions}, sent.word("days")
    wanted = (
        ("suspension", sent.word("suspension") in lawful, _WHICH),
        ("basis", bool(sent.word("basis")), _BASIS),
        ("days", days.isascii() and days.isdigit() and 1 <= int(days) <= LONGEST_PAUSE, _HOW_LONG),
        ("note", bool(sent.word("note")), _WHAT_FOR),
    )
    return [Problem(name, text) for name, is_right, text in wanted if not is_right]


def result_problems(results: Sequence[ResultField], given: Mapping[str, str | list[str]], today: date) -> list[Problem]:
    """Return which results are missing or cannot be right, such as an ID number with a wrong check digit."""
    env = Environment(today, calendars.national())
    found = [(result.name, _result(result, given.get(result.name), env)) for result in results]
    return [Problem(name, text) for name, text in found if text]


def _result(result: ResultField, raw: str | list[str] | None, env: Environment) -> Text | None:
    if not raw:
        return _RESULT.format(label=result.element.label)
    try:
        value = values.decode(result.element, raw)
    except Invalid as error:
        return error.text
    return values_checking.check_value(result.element, value, {}, env)


def offered(case: CaseView) -> dict[str, Text]:
    """Return what a correction may ask for, key → label: neither earlier items' results nor what a certificate states."""
    own = [fact for fact in case.facts if not fact.from_result and not fact.certified]
    labels = {f"field:{fact.name}": fact.label for fact in own}
    return labels | {f"material:{material.code}": material.name for material in case.materials}


def _corrections(case: CaseView, sent: Sent) -> list[Problem]:
    labels = offered(case)
    picks = [pick for pick in sent.picks if pick.key in labels]
    if not picks:
        return [Problem("pick", _PICK)]
    missing = [Problem(pick.key, _HOW.format(label=labels[pick.key])) for pick in picks if not pick.text]
    too_long = [pick for pick in picks if len(pick.text) > MAX_TEXT]
    return missing + [Problem(pick.key, _LONG.format(label=labels[pick.key], n=MAX_TEXT)) for pick in too_long]


_CHECKS: dict[str, Callable[[CaseView, Sent], list[Problem]]] = {
    "not_accept": _reason,
    "refuse": _reason,
    "extend": _reason,
    "go_without_data": _reason,
    "suspend": _suspension,
    "request_correction": _corrections,
}
