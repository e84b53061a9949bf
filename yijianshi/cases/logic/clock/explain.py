"""Why a day was counted or not, in words for the applicant and the clerk."""

from datetime import date

from yijianshi.cases.logic.clock.entries import REASON_TEXTS, ClockEntry, SuspensionReason
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

RECEIVED_TODAY = Text(
    "今天收到申请材料，收到当天不计。", "The application was received today; the day of receipt is not counted."
)
ACCEPTED_TODAY = Text(
    "今天受理。受理当天不计，从下一个工作日起计算（民法典第二百零一条）。",
    "Accepted today. The day of acceptance is not counted; the clock starts on the next working day (Civil Code, art. 201).",
)
DEEMED_FROM_TODAY = Text(
    "没有在时限内告知补正，按法律规定从收到材料的这一天起视为受理（行政许可法第三十二条）。这一天不计。",
    "No correction was asked for in time, so by law the application counts as accepted from this day of receipt "
    "(Administrative Licensing Law, art. 32). The day itself is not counted.",
)
WAITING = Text(
    "等您补正材料，办理时限还没有开始。", "Waiting for the applicant's corrections; the time limit has not started yet."
)
_CHECKING = Text(
    "受理前核对材料，第 {day} 个工作日（共 {limit} 个）。", "Papers checked before acceptance, working day {day} of {limit}."
)
_CHECKING_OPEN = Text("受理前核对材料，第 {day} 个工作日。", "Papers checked before acceptance, working day {day}.")
_COUNTED = Text("第 {day} 个工作日，计入。", "Working day {day}, counted.")
_COUNTED_MAKEUP = Text("调休上班日，第 {day} 个工作日，计入。", "A make-up working day: working day {day}, counted.")
_WEEKEND = Text("周末，不计。", "Weekend, not counted.")
_HOLIDAY = Text("节假日放假，不计。", "Public holiday, not counted.")
_REST_BY_LAW = Text(
    "休息日，不计入承诺的工作日；法定时限按自然日计算，这一天计入。",
    "A rest day: not one of the promised working days, but the legal limit counts every day, this one too.",
)
_SUSPENDED = Text("{reason}期间，不计（依据：{basis}）。", "Not counted during the {reason} (basis: {basis}).")
_SUSPENDED_BARE = Text("暂停期间，不计。", "Clock paused, not counted.")
_NOTICE = Text(
    "{what}期间，法律规定不能缩短，不计入办理时限。", "{what}: the law does not let anybody shorten it; not counted in the limit."
)
_NOTICE_UNTIL = Text(
    "{what}期间，到 {until} 为止，法律规定不能缩短，不计入办理时限。",
    "{what} until {until}: the law does not let anybody shorten it; not counted in the limit.",
)
_UNKNOWN = Text("{year} 年放假安排尚未录入，暂不计算。", "The public holidays of {year} are not loaded yet; not counted for now.")


def counted(day: date, ordinal: int) -> Text:
    """Return why a running working day was counted as the *ordinal*-th."""
    return (_COUNTED if day.weekday() < 5 else _COUNTED_MAKEUP).format(day=ordinal)


def resting(day: date, calendar: Calendar) -> Text:
    """Return why a day nobody works was not counted."""
    return _HOLIDAY if day in calendar.days_off else _WEEKEND


def resting_but_counted_by_law() -> Text:
    """Return why a rest day counts for a legal limit in calendar days, and only for that."""
    return _REST_BY_LAW


def suspended(entry: ClockEntry | None) -> Text:
    """Return why a suspended working day was not counted, with the reason and the basis entered."""
    if entry is None or entry.reason is None or not entry.basis:
        return _SUSPENDED_BARE
    return _SUSPENDED.format(reason=REASON_TEXTS[entry.reason], basis=entry.basis)


def waiting_out(entry: ClockEntry | None, until: date | None) -> Text:
    """Return why a day of a notice or statutory wait was not counted."""
    what = wait_in_words(is_notice=entry is not None and entry.reason is SuspensionReason.PUBLICITY)
    return _NOTICE.format(what=what) if until is None else _NOTICE_UNTIL.format(what=what, until=until)


def wait_in_words(*, is_notice: bool) -> Text:
    """Return what a period is called that nobody can shorten."""
    return Text("公告", "Public notice") if is_notice else Text("法定等待", "Statutory wait")


def checking(ordinal: int, limit: int | None) -> Text:
    """Return what the office does on the *ordinal*-th working day before acceptance."""
    return _CHECKING_OPEN.format(day=ordinal) if limit is None else _CHECKING.format(day=ordinal, limit=limit)


def unknown(day: date) -> Text:
    """Return why a day in a year without a holiday notice is not counted for now."""
    return _UNKNOWN.format(year=day.year)
