"""What may follow what in the ledger, and the words of each refusal."""

from datetime import UTC, date, datetime

import pytest

from tests.unit.cases.clocks import CN, K
from yijianshi.cases.logic.clock import validation as v
from yijianshi.cases.logic.clock.entries import ARTICLE_45, REASON_TEXTS, ClockEntry, ClockKind, Limits, SuspensionReason
from yijianshi.cases.logic.clock.ledger import NEXT_PHASE, Phase
from yijianshi.cases.logic.states import ACTIONS

LIMITS = Limits(legal_working_days=20, promised_working_days=5, extension_working_days=10)


def entry(kind, on, **rest):
    return ClockEntry(kind, date.fromisoformat(on), datetime(2026, 3, 2, tzinfo=UTC), **rest)


RECEIVED = entry(K.RECEIVED, "2026-03-02")
ACCEPTED = entry(K.ACCEPTED, "2026-03-03")
REQUESTED = entry(K.CORRECTION_REQUESTED, "2026-03-04", working_days=15)
PAUSED = entry(K.SUSPENDED, "2026-03-05", reason=SuspensionReason.HEARING, basis="行政许可法第四十五条", working_days=20)
EXTENDED = entry(K.EXTENDED, "2026-03-05", working_days=10, basis="行政许可法第四十二条", note="案情复杂", by="局长")
STOPPED = entry(K.STOPPED, "2026-03-06")

FITS = [
    ([], RECEIVED),
    ([RECEIVED], ACCEPTED),
    ([RECEIVED], REQUESTED),
    ([RECEIVED], STOPPED),  # not accepted
    ([RECEIVED, REQUESTED], entry(K.CORRECTED, "2026-03-20")),
    ([RECEIVED, REQUESTED], entry(K.ACCEPTED, "2026-03-06")),  # accepted with what is there
    ([RECEIVED, REQUESTED], STOPPED),  # withdrawn or returned
    ([RECEIVED, ACCEPTED], PAUSED),
    ([RECEIVED, ACCEPTED], EXTENDED),
    (
        [RECEIVED, ACCEPTED],
        entry(K.SUSPENDED, "2026-03-05", reason=SuspensionReason.HEARING, basis="第四十五条"),
    ),  # length not known yet
    ([RECEIVED, ACCEPTED, PAUSED], EXTENDED),
    ([RECEIVED, ACCEPTED, PAUSED], entry(K.RESUMED, "2026-03-05")),
    ([RECEIVED, ACCEPTED, PAUSED], STOPPED),
    ([RECEIVED], entry(K.DEEMED_ACCEPTED, "2026-03-10")),  # art. 32: the five working days ended on 03-09
    ([RECEIVED, ACCEPTED], entry(K.EXTENDED, "2026-03-31", working_days=1, basis="第四十二条", note="案情复杂", by="局长")),
]


@pytest.mark.parametrize(("before", "new"), FITS)
def test_what_fits(before, new):
    assert v.validate_entry(before, new, LIMITS, CN) is None


REFUSED = [
    ([], ACCEPTED, v.EntryDoesNotFit, "还没有收件"),
    ([RECEIVED], entry(K.RECEIVED, "2026-03-03"), v.EntryDoesNotFit, "受理前核对"),
    ([RECEIVED, ACCEPTED], REQUESTED, v.EntryDoesNotFit, "告知补正"),
    ([RECEIVED, REQUESTED], entry(K.DEEMED_ACCEPTED, "2026-04-10"), v.EntryDoesNotFit, "等申请人补正"),
    ([RECEIVED], entry(K.DEEMED_ACCEPTED, "2026-03-09"), v.NotYetDeemedAccepted, "2026-03-09"),
    ([RECEIVED], entry(K.ACCEPTED, "2026-03-10"), v.AlreadyDeemedAccepted, "2026-03-02"),
    ([RECEIVED], entry(K.CORRECTION_REQUESTED, "2026-03-10"), v.AlreadyDeemedAccepted, "2026-03-09"),
    (
        [RECEIVED, entry(K.DEEMED_ACCEPTED, "2026-03-10")],
        entry(K.DEEMED_ACCEPTED, "2026-03-11"),
        v.EntryDoesNotFit,
        "视为受理",
    ),
    ([RECEIVED, ACCEPTED], entry(K.SUSPENDED, "2026-03-05"), v.SuspensionNeedsBasis, "原因、依据条款"),
    (
        [RECEIVED, ACCEPTED],
        entry(K.SUSPENDED, "2026-03-05", reason=SuspensionReason.HEARING, basis=" ", working_days=5),
        v.SuspensionNeedsBasis,
        "请补上：依据条款",
    ),
    (
        [RECEIVED, ACCEPTED],
        entry(K.SUSPENDED, "2026-03-05", reason=SuspensionReason.SITE_CHECK, basis="指南", working_days=5),
        v.SuspensionNotForeseen,
        "现场核查",
    ),
    ([RECEIVED], PAUSED, v.EntryDoesNotFit, "暂停计时"),
    ([RECEIVED, ACCEPTED], entry(K.RESUMED, "2026-03-05"), v.NotSuspended, "没有暂停"),
    ([RECEIVED, ACCEPTED, EXTENDED], EXTENDED, v.AlreadyExtended, "只允许延长一次"),
    (
        [RECEIVED, ACCEPTED],
        entry(K.EXTENDED, "2026-03-05", working_days=11, basis="b", note="n", by="h"),
        v.ExtensionNotAllowed,
        "最多可以延长 10 个",
    ),
    ([RECEIVED, ACCEPTED], entry(K.EXTENDED, "2026-03-05", basis="b", note="n", by="h"), v.ExtensionNotAllowed, "填写的是 0"),
    (
        [RECEIVED, ACCEPTED],
        entry(K.EXTENDED, "2026-03-05", working_days=5, basis="b", note="n"),
        v.ExtensionNeedsApproval,
        "批准人",
    ),
    (
        [RECEIVED, ACCEPTED],
        entry(K.EXTENDED, "2026-04-01", working_days=5, basis="b", note="n", by="h"),
        v.ExtensionTooLate,
        "2026-03-31",
    ),
    ([RECEIVED, STOPPED], entry(K.ACCEPTED, "2026-03-06"), v.ClockAlreadyStopped, "2026-03-06"),
    ([RECEIVED, ACCEPTED], entry(K.STOPPED, "2026-03-02"), v.EntryOutOfOrder, "2026-03-03"),
]


@pytest.mark.parametrize(("before", "new", "refusal", "words"), REFUSED)
def test_what_is_refused_and_why(before, new, refusal, words):
    with pytest.raises(refusal) as caught:
        v.validate_entry(before, new, LIMITS, CN)
    assert words in caught.value.text.zh
    assert "{" not in caught.value.text.zh + caught.value.text.en


def test_an_item_may_name_further_reasons_or_none():
    site_check = entry(K.SUSPENDED, "2026-03-05", reason=SuspensionReason.SITE_CHECK, basis="办事指南", working_days=5)
    named = Limits(20, 5, suspension_reasons=frozenset({SuspensionReason.SITE_CHECK}))
    assert v.validate_entry([RECEIVED, ACCEPTED], site_check, named, CN) is None
    with pytest.raises(v.SuspensionNotForeseen, match="none"):
        v.validate_entry([RECEIVED, ACCEPTED], site_check, Limits(20, 5, suspension_reasons=frozenset()), CN)


def test_every_reason_and_every_kind_has_words():
    assert set(REASON_TEXTS) == set(SuspensionReason)
    assert set(v.KIND_TEXTS) == set(ClockKind)
    assert len(ARTICLE_45) == 8  # 听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审


def test_every_clock_effect_of_the_state_table_is_a_kind_of_entry():
    kinds = {action.clock for action in ACTIONS.values() if action.clock}
    assert kinds <= {kind.value for kind in ClockKind}
    assert {phase for phase, _ in NEXT_PHASE} == {None, *Phase}
