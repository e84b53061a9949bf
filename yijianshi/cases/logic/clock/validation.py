"""What may be entered next in a clock ledger, and the words of each refusal."""

from collections.abc import Callable, Sequence

from yijianshi.cases.logic.clock.due import legal_due_on
from yijianshi.cases.logic.clock.entries import REASON_TEXTS, ClockEntry, ClockKind, Limits, in_order
from yijianshi.cases.logic.clock.ledger import NEXT_PHASE, Ledger, Phase, read_ledger
from yijianshi.kernel.errors import Conflict, Invalid
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar


class AlreadyExtended(Conflict):
    """这个办件已经延长过一次期限，法律只允许延长一次（行政许可法第四十二条）。请在现有期限内办结。

    The limit of this case was extended once before, and the law allows it only once (Administrative Licensing Law, art. 42).
    Please decide within the present limit.
    """


class ExtensionNotAllowed(Invalid):
    """这个事项最多可以延长 {most} 个工作日，填写的是 {asked} 个。请改成允许的天数。

    The limit of this item may be extended by at most {most} working days; {asked} were entered. Please enter an allowed number.
    """


class ExtensionNeedsApproval(Invalid):
    """延长期限要由本机关负责人批准，并把理由告诉申请人（行政许可法第四十二条）。请填写批准人和理由。

    An extension needs the approval of the head of the office, and the applicant has to be told why
    (Administrative Licensing Law, art. 42). Please enter who approved it and the reason.
    """


class ExtensionTooLate(Conflict):
    """法定期限在 {due} 已经到了，过期之后不能再延长。请尽快作出决定，并向申请人说明。

    The legal limit ended on {due}; it cannot be extended afterwards.
    Please decide as soon as possible and explain it to the applicant.
    """


class SuspensionNeedsBasis(Invalid):
    """暂停计时要有法定的原因和依据条款，并把需要多久书面告诉申请人（行政许可法第四十五条）。请补上：{missing}。

    Pausing the clock needs a statutory reason and the clause it rests on, and the applicant is told in writing how long it takes
    (Administrative Licensing Law, art. 45). Please add: {missing}.
    """


class SuspensionNotForeseen(Invalid):
    """这个事项的办事指南没有规定可以因“{reason}”暂停计时。可以选择的原因：{allowed}。

    The guide of this item does not allow the clock to be paused for this reason: {reason}.
    The reasons it allows are: {allowed}.
    """


class NotSuspended(Conflict):
    """这个办件的计时没有暂停，不需要恢复。

    The clock of this case is not paused, so there is nothing to resume.
    """


class ClockAlreadyStopped(Conflict):
    """这个办件在 {on} 已经结束，不能再登记计时变化。

    This case ended on {on}; its clock cannot be changed any more.
    """


class AlreadyDeemedAccepted(Conflict):
    """到 {due} 为止没有告知补正，这个申请已经从 {accepted} 起视为受理（行政许可法第三十二条）。请直接进入审查。

    No correction was asked for by {due}, so the application counts as accepted since {accepted}
    (Administrative Licensing Law, art. 32). Please go on with the review.
    """


class NotYetDeemedAccepted(Conflict):
    """还没有到视为受理的时候：核对材料的期限是 {due}。请受理、告知补正或者不予受理。

    It is too early to deem this application accepted: papers may be checked until {due}.
    Please accept it, ask for corrections, or refuse acceptance.
    """


class EntryOutOfOrder(Invalid):
    """登记的日期 {on} 早于上一次变化的日期 {last}。请改成当天或者以后的日期。

    The date {on} lies before the last change on {last}. Please enter that day or a later one.
    """


class EntryDoesNotFit(Conflict):
    """办件现在处于“{phase}”，不能登记“{kind}”。请刷新页面，看看办件最新的状态。

    The case is now “{phase}”, so “{kind}” cannot be entered. Please reload the page to see where the case stands.
    """


_PHASE_TEXTS: dict[Phase | None, Text] = {
    None: Text("还没有收件", "not received yet"),
    Phase.CHECKING: Text("受理前核对", "being checked before acceptance"),
    Phase.WAITING: Text("等申请人补正", "waiting for the applicant's corrections"),
    Phase.RUNNING: Text("计时中", "running"),
    Phase.SUSPENDED: Text("暂停计时", "paused"),
    Phase.NOTICE: Text("公告或法定等待中", "in a notice or statutory wait"),
}
KIND_TEXTS: dict[ClockKind, Text] = {
    ClockKind.RECEIVED: Text("收件", "received"),
    ClockKind.CORRECTION_REQUESTED: Text("告知补正", "corrections asked for"),
    ClockKind.CORRECTED: Text("已补正", "corrected"),
    ClockKind.ACCEPTED: Text("受理", "accepted"),
    ClockKind.DEEMED_ACCEPTED: Text("视为受理", "deemed accepted"),
    ClockKind.SUSPENDED: Text("暂停计时", "clock paused"),
    ClockKind.RESUMED: Text("恢复计时", "clock resumed"),
    ClockKind.EXTENDED: Text("延长期限", "limit extended"),
    ClockKind.NOTICE_BEGUN: Text("开始公告或法定等待", "notice or statutory wait begun"),
    ClockKind.STOPPED: Text("结束计时", "clock stopped"),
}
_BEFORE_ACCEPTANCE = frozenset({ClockKind.ACCEPTED, ClockKind.CORRECTION_REQUESTED})


def validate_entry(entries: Sequence[ClockEntry], new: ClockEntry, limits: Limits, calendar: Calendar) -> None:
    """Return quietly if *new* may follow *entries*; raise the refusal otherwise (every class of this module)."""
    ledger = read_ledger(entries, limits, calendar, new.on)
    last = in_order(entries)[-1].on if entries else new.on
    if ledger.stopped_on is not None:
        raise ClockAlreadyStopped(on=ledger.stopped_on)
    if new.on < last:
        raise EntryOutOfOrder(on=new.on, last=last)
    check = _CHECKS.get(new.kind)
    if check is not None:
        check(ledger, new, calendar)
    _refuse_silence_overslept(ledger, new)
    if new.kind is not ClockKind.STOPPED and (ledger.phase, new.kind) not in NEXT_PHASE and not _records_silence(ledger, new):
        raise EntryDoesNotFit(phase=_PHASE_TEXTS[ledger.phase], kind=KIND_TEXTS[new.kind])


def _refuse_silence_overslept(ledger: Ledger, new: ClockEntry) -> None:
    is_established = bool(ledger.turns) and ledger.turns[-1].entry is None
    if new.kind in _BEFORE_ACCEPTANCE and is_established:
        raise AlreadyDeemedAccepted(due=ledger.acceptance_due, accepted=ledger.accepted_on)


def _records_silence(ledger: Ledger, new: ClockEntry) -> bool:
    """Reading the ledger found the silence by itself; the entry that puts it on record still fits, once."""
    return new.kind is ClockKind.DEEMED_ACCEPTED and bool(ledger.turns) and ledger.turns[-1].entry is None


def _check_deemed(ledger: Ledger, new: ClockEntry, calendar: Calendar) -> None:
    if ledger.phase is Phase.CHECKING:
        raise NotYetDeemedAccepted(due=ledger.acceptance_due or Text("尚未确定", "a day not fixed yet"))


def _check_suspension(ledger: Ledger, new: ClockEntry, calendar: Calendar) -> None:
    missing = [
        text
        for is_there, text in (
            (new.reason, Text("原因", "the reason")),
            (new.basis.strip(), Text("依据条款", "the clause")),
        )
        if not is_there
    ]
    if missing or new.reason is None:
        raise SuspensionNeedsBasis(missing=_listed(missing))
    if new.reason not in ledger.limits.suspension_reasons:
        allowed = [REASON_TEXTS[reason] for reason in REASON_TEXTS if reason in ledger.limits.suspension_reasons]
        raise SuspensionNotForeseen(reason=REASON_TEXTS[new.reason], allowed=_listed(allowed or [Text("没有", "none")]))


def _check_resumption(ledger: Ledger, new: ClockEntry, calendar: Calendar) -> None:
    if ledger.phase is not Phase.SUSPENDED:
        raise NotSuspended


def _check_extension(ledger: Ledger, new: ClockEntry, calendar: Calendar) -> None:
    if ledger.extension:
        raise AlreadyExtended
    asked, most = new.working_days or 0, ledger.limits.extension_working_days
    if not 0 < asked <= most:
        raise ExtensionNotAllowed(asked=asked, most=most)
    if not (new.by.strip() and new.note.strip()):
        raise ExtensionNeedsApproval
    due = legal_due_on(ledger, calendar)
    if due is not None and new.on > due:
        raise ExtensionTooLate(due=due)


def _listed(texts: Sequence[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


_CHECKS: dict[ClockKind, Callable[[Ledger, ClockEntry, Calendar], None]] = {
    ClockKind.DEEMED_ACCEPTED: _check_deemed,
    ClockKind.SUSPENDED: _check_suspension,
    ClockKind.RESUMED: _check_resumption,
    ClockKind.EXTENDED: _check_extension,
}
