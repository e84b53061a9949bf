"""The action panel: one form for each action the case allows, the usual one first and open, the grave ones last."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from yijianshi.cases.logic.states import Action
from yijianshi.cases.queries.views import CaseView
from yijianshi.channels.workbench import acting
from yijianshi.channels.workbench.checking import Problem
from yijianshi.channels.workbench.forms import Sent
from yijianshi.channels.workbench.presenting import asking, service_words
from yijianshi.kernel.text import Text

_USUAL = ("accept", "approve", "resume", "deliver")
_ORDER = (
    "go_without_data",
    "accept",
    "approve",
    "resume",
    "deliver",
    "request_correction",
    "suspend",
    "extend",
    "not_accept",
    "refuse",
)
_GRAVE = frozenset({"refuse", "not_accept"})
_OWN_PAGE = frozenset({"request_correction"})
EXPLAINS: dict[str, Text] = {
    "accept": Text(
        "受理后，办理时限从下一个工作日开始计算。", "The time limit counts from the next working day after acceptance."
    ),
    "approve": Text("下一步先给您看摘要，再确认。", "You will see a summary before anything happens."),
    "go_without_data": Text(
        "登记库一直没有答复，或者您已经从别处核对过，就接着办。缺的照常一次告知补正。",
        "If the register stays silent, or you have checked elsewhere, go on. What lacks is asked for as usual, once.",
    ),
    "resume": Text("期限按没有计入的天数顺延。", "The limits move on by the days that were not counted."),
    "deliver": Text("结果交到申请人手里以后再记录。", "Record this once the applicant holds the result."),
    "request_correction": Text(
        "要补的一次说全。发出以后不能再添新的。", "Say everything at once; nothing new can be added afterwards."
    ),
    "suspend": Text(
        "只有法律列明的程序才能暂停。申请人会看到要多久。",
        "Only procedures named by law pause the clock. The applicant sees how long it takes.",
    ),
    "extend": Text("只能延长一次，申请人会看到理由。", "Possible once only; the applicant can read why."),
    "not_accept": Text(
        "不属于本部门，或者依法不需要办理的，才不予受理。材料不齐请用一次告知补正。",
        "Only when it is not this office's matter or needs no permission. If papers are missing, ask for corrections instead.",
    ),
    "refuse": Text("要写明理由和依据。下一步先给您看摘要。", "State reason and basis. You will see a summary first."),
}
_AT_ONCE = Text(
    "还没有受理：准予时一并受理。下一步先给您看摘要。",
    "Not accepted yet: approving accepts it too. You will see a summary first.",
)
BUTTONS: dict[str, Text] = {
    "accept": Text("受理", "Accept"),
    "approve": Text("准予：先看摘要", "Approve: see the summary"),
    "go_without_data": Text("不等数据，接着办", "Go on without the data"),
    "resume": Text("恢复计时", "Resume the clock"),
    "deliver": Text("记录送达", "Record delivery"),
    "request_correction": Text("写补正通知", "Write the notice"),
    "suspend": Text("暂停计时", "Pause the clock"),
    "extend": Text("延长：先看摘要", "Extend: see the summary"),
    "not_accept": Text("不予受理：先看摘要", "Do not accept: see the summary"),
    "refuse": Text("不予批准：先看摘要", "Refuse: see the summary"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """One action's form; *own_page* forms are too long for the panel and open by a link."""

    action: Action
    address: str
    button: Text
    explains: Text
    fields: Sequence[asking.Asked]
    sent: Sent
    problems: Sequence[Problem]
    seen: str
    grave: bool
    own_page: bool

    @property
    def wrong(self) -> dict[str, Text]:
        """Return what is wrong with the action's own fields, by name."""
        return {problem.name: problem.text for problem in self.problems}


@dataclass(frozen=True, slots=True)
class Panel:
    """The usual action, open; the others, folded."""

    usual: Form | None
    others: Sequence[Form]


def panel(case: CaseView, listed: str) -> Panel:
    """Return the panel of a case."""
    allowed = sorted((row for row in case.allowed if row.code in acting.FORMS), key=lambda row: _ORDER.index(row.code))
    forms = [form(case, row, Sent(listed=listed), []) for row in allowed]
    usual = next((each for each in forms if each.action.code in _USUAL), None)
    return Panel(usual, [each for each in forms if each is not usual])


def form(case: CaseView, action: Action, sent: Sent, problems: Sequence[Problem]) -> Form:
    """Return the form of one action with what was typed."""
    code = action.code
    wrong = {problem.name: problem.text for problem in problems}
    results = case.results if code == "approve" else ()
    fields = [asking.asked(result, sent.results.get(result.name, ""), wrong.get(result.name)) for result in results]
    return Form(
        action=action,
        address=reverse("workbench:act", args=[case.id, code]),
        button=service_words.pick(BUTTONS, service_words.BUTTONS, code, is_service=case.is_service),
        explains=_explains(case, code),
        fields=fields,
        sent=sent,
        problems=problems,
        seen=sent.seen or acting.mark_of(case),
        grave=code in _GRAVE,
        own_page=code in _OWN_PAGE,
    )


def _explains(case: CaseView, code: str) -> Text:
    if code == "approve" and case.state == "RECEIVED":
        return service_words.AT_ONCE if case.is_service else _AT_ONCE
    return service_words.pick(EXPLAINS, service_words.EXPLAINS, code, is_service=case.is_service)
