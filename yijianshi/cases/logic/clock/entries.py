"""What the clock ledger holds: entries, statutory suspension reasons, and the limits of an item (行政许可法 arts. 32, 42, 45)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from yijianshi.kernel.periods import Period
from yijianshi.kernel.text import Text


class ClockKind(StrEnum):
    """What happened to the clock."""

    RECEIVED = "RECEIVED"  # 收件
    CORRECTION_REQUESTED = "CORRECTION_REQUESTED"  # 一次告知补正
    CORRECTED = "CORRECTED"  # 申请人已补正
    ACCEPTED = "ACCEPTED"  # 受理
    DEEMED_ACCEPTED = "DEEMED_ACCEPTED"  # 视为受理; ``on`` is the day it was established, acceptance counts from receipt
    SUSPENDED = "SUSPENDED"  # 暂停计时
    RESUMED = "RESUMED"  # 恢复计时
    EXTENDED = "EXTENDED"  # 延长期限
    NOTICE_BEGUN = "NOTICE_BEGUN"  # 公告期、法定等待期开始; it ends by itself, Limits.wait says when
    STOPPED = "STOPPED"  # 办结、不予受理、退件、撤回、终止


class SuspensionReason(StrEnum):
    """Why time is not counted; those after EXPERT_REVIEW need a law or the item's guide to name them (handbook 6.2)."""

    HEARING = "HEARING"
    BIDDING = "BIDDING"
    AUCTION = "AUCTION"
    INSPECTION = "INSPECTION"
    TESTING = "TESTING"
    QUARANTINE = "QUARANTINE"
    APPRAISAL = "APPRAISAL"
    EXPERT_REVIEW = "EXPERT_REVIEW"
    SITE_CHECK = "SITE_CHECK"
    PUBLICITY = "PUBLICITY"
    APPLICANT_SUPPLEMENT = "APPLICANT_SUPPLEMENT"
    OTHER_BY_LAW = "OTHER_BY_LAW"


R = SuspensionReason
REASON_TEXTS: dict[SuspensionReason, Text] = {
    R.HEARING: Text("听证", "hearing"),
    R.BIDDING: Text("招标", "call for bids"),
    R.AUCTION: Text("拍卖", "auction"),
    R.INSPECTION: Text("检验", "inspection"),
    R.TESTING: Text("检测", "testing"),
    R.QUARANTINE: Text("检疫", "quarantine"),
    R.APPRAISAL: Text("鉴定", "appraisal"),
    R.EXPERT_REVIEW: Text("专家评审", "expert review"),
    R.SITE_CHECK: Text("现场核查", "site check"),
    R.PUBLICITY: Text("公示", "publication for comments"),
    R.APPLICANT_SUPPLEMENT: Text("申请人补充材料", "further material from the applicant"),
    R.OTHER_BY_LAW: Text("法律规定的其他程序", "another procedure named by law"),
}
# 行政许可法 art. 45: the time these take is not counted in the limit.
ARTICLE_45 = frozenset({R.HEARING, R.BIDDING, R.AUCTION, R.INSPECTION, R.TESTING, R.QUARANTINE, R.APPRAISAL, R.EXPERT_REVIEW})


@dataclass(frozen=True, slots=True)
class ClockEntry:
    """One line of the ledger.

    *on* is the legal day in local time, *at* the aware moment of recording. *working_days* is the applicant's time to correct,
    the announced length of a suspension, or the length of an extension; the other kinds leave it None.
    """

    kind: ClockKind
    on: date
    at: datetime
    working_days: int | None = None
    reason: SuspensionReason | None = None
    basis: str = ""
    note: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a clock entry needs an aware date-time")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one item, in working days and all from the item's content; None means that there is no such limit.

    *legal_calendar_days*: instead of *legal_working_days*, where the law counts every day; *legal_rest_day_moves*: where the law
    lets a limit that ends on a rest day end on the next working day (as 民法典 art. 203 does).

    *wait*: the notice or statutory wait that acceptance begins; meanwhile nobody may decide, so no limit runs.

    *correction_working_days*: from receipt, silence means acceptance after it (art. 32; None where the article does not apply).
    *recheck_working_days*: the same after the applicant corrected; the law is silent, five is our reading [D].
    *warning_percent*, *warning_working_days*: the lamp turns yellow at the larger of the two [P].
    """

    legal_working_days: int | None
    promised_working_days: int
    extension_working_days: int = 0
    correction_working_days: int | None = 5
    recheck_working_days: int | None = 5
    suspension_reasons: frozenset[SuspensionReason] = ARTICLE_45
    warning_percent: int = 20
    warning_working_days: int = 1
    legal_calendar_days: int | None = None
    legal_rest_day_moves: bool = False
    wait: Period | None = None

    def __post_init__(self) -> None:
        if self.legal_working_days is not None and self.legal_calendar_days is not None:
            raise ValueError("a legal limit counts working days or calendar days, not both")

    @property
    def has_legal(self) -> bool:
        """Say whether the law sets a limit at all."""
        return self.legal_working_days is not None or self.legal_calendar_days is not None


def in_order(entries: Sequence[ClockEntry]) -> list[ClockEntry]:
    """Return the entries by legal day, then by the moment of recording, then as given."""
    return sorted(entries, key=lambda entry: (entry.on, entry.at))
