"""The summary before a step that cannot be taken back: what, on whom, in which words, and what follows by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from yijianshi.cases.queries.views import CaseView
from yijianshi.catalogue.logic import values
from yijianshi.channels.workbench import checking
from yijianshi.channels.workbench.forms import Pick, Sent
from yijianshi.channels.workbench.presenting import service_words
from yijianshi.channels.workbench.presenting.case import later_items
from yijianshi.kernel.text import Text

_TITLES: dict[str, Text] = {
    "approve": Text("请核对后确认准予", "Check, then confirm the approval"),
    "refuse": Text("请核对后确认不予批准", "Check, then confirm the refusal"),
    "not_accept": Text("请核对后确认不予受理", "Check, then confirm that it is not accepted"),
    "request_correction": Text("请核对后发出补正通知", "Check, then issue the correction notice"),
    "extend": Text("请核对后确认延长", "Check, then confirm the extension"),
}
_CONFIRMS: dict[str, Text] = {
    "approve": Text("确认准予", "Confirm approval"),
    "refuse": Text("确认不予批准", "Confirm refusal"),
    "not_accept": Text("确认不予受理", "Confirm: not accepted"),
    "request_correction": Text("发出通知", "Issue the notice"),
    "extend": Text("确认延长", "Confirm extension"),
}
_LABELS: dict[str, Text] = {
    "reason": Text("理由", "Reason"),
    "basis": Text("依据", "Basis"),
    "note": Text("给申请人的话", "Note to the applicant"),
}
_ACCEPTS = Text("先受理，再准予。", "The case is accepted, then approved.")
_ISSUES = Text("签发“{name}”。", '"{name}" is issued.')
_PASSES_ON = Text("把结果交给：{names}。", "The result passes on to: {names}.")
_ENDS = Text("这些事项要用它的结果，会随之结束：{names}。", "These items need its result and end with it: {names}.")
_TELLS = Text("申请人可以在“我的办件”里看到。", "The applicant can read it under My applications.")
_TELLS_REMEDIES = Text(
    "申请人可以在“我的办件”里看到决定和救济途径：",
    "The applicant can read the decision and the ways to contest it under My applications:",
)
_TELLS_COMPLAINT = Text(
    "申请人可以在“我的办件”里看到服务单和投诉渠道：",
    "The applicant can read the service slip and where to complain under My applications:",
)
_REST_GOES_ON = Text("同一件事里的其他事项照常办理。", "The other items of the same application go on as usual.")
_NOTICE = Text(
    "通知出现在申请人的“我的办件”里；系统现在不发短信。着急的请另外打电话。",
    "The notice appears under the applicant's My applications; no text message is sent yet. If it is urgent, please also call.",
)
_ONCE = Text(
    "补正只能告知一次。以后只能就这些内容再要求，不能添新的。",
    "Corrections are asked for once. Later only these points may be repeated; nothing new.",
)
_CLOCK_WAITS = Text("申请人补正期间，受理前的核对时限不计。", "The days until the applicant answers do not count against you.")
_EXTENDS = Text("承诺期限和法定期限各延长 {n} 个工作日，只有这一次。", "Both limits move by {n} working days, this once.")
GRAVE = frozenset({"refuse", "not_accept"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the summary."""

    label: Text
    value: Text | str


@dataclass(frozen=True, slots=True)
class Review:
    """The summary page."""

    title: Text
    rows: Sequence[Row]
    points: Sequence[Row]
    follows: Sequence[Text]
    confirm: Text
    grave: bool


def review(case: CaseView, action: str, sent: Sent) -> Review:
    """Return the summary of *action* as it was filled in."""
    rows = [*_results(case, action, sent)]
    rows += [Row(label, sent.word(name)) for name, label in _LABELS.items() if sent.word(name)]
    title = service_words.pick(_TITLES, service_words.TITLES, action, is_service=case.is_service)
    confirm = service_words.pick(_CONFIRMS, service_words.CONFIRMS, action, is_service=case.is_service)
    return Review(title, rows, points(case, sent.picks), follows(case, action), confirm, action in GRAVE)


def points(case: CaseView, picks: Sequence[Pick]) -> list[Row]:
    """Return the ticked points of a correction notice with their names."""
    labels = checking.offered(case)
    return [Row(labels[pick.key], pick.text) for pick in picks if pick.key in labels]


def follows(case: CaseView, action: str) -> list[Text]:
    """Return what happens by itself once the step is confirmed."""
    later = _joined(later_items(case))
    if action == "approve":
        passes = [_PASSES_ON.format(names=later)] if later else []
        accepts = [service_words.ACCEPTS if case.is_service else _ACCEPTS] if case.state == "RECEIVED" else []
        return [*accepts, *(_ISSUES.format(name=name) for name in case.issues), *passes, _TELLS]
    if action in GRAVE:
        ends = [_ENDS.format(names=later)] if later else []
        tells = _TELLS_COMPLAINT if case.is_service else _TELLS_REMEDIES
        return [*ends, _REST_GOES_ON, *([tells, *case.remedies] if case.remedies else [_TELLS])]
    if action == "extend":
        return [_EXTENDS.format(n=case.extension_working_days), _TELLS]
    return [_NOTICE, _ONCE, _CLOCK_WAITS]


def _results(case: CaseView, action: str, sent: Sent) -> list[Row]:
    if action != "approve":
        return []
    return [Row(result.element.label, _shown(result.element, sent.results.get(result.name, ""))) for result in case.results]


def _shown(element: object, raw: str | list[str]) -> Text:
    value = values.decode(element, raw)  # type: ignore[arg-type]  # checked before the review
    return Text(values.display(element, value, "zh"), values.display(element, value, "en"))  # type: ignore[arg-type]


def _joined(names: Sequence[Text]) -> Text | None:
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names)) if names else None
