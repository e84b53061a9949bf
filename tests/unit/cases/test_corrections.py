"""The one-time notice (行政许可法 art. 32): complete, clear, and nothing new afterwards."""

import pytest

from yijianshi.cases.logic.corrections import (
    CorrectionEmpty,
    CorrectionEntry,
    CorrectionUnclear,
    OneTimeNoticeUsed,
    check_entries,
)

NAME = CorrectionEntry("field", "child.name", "请与出生医学证明一致。")
BOOKLET = CorrectionEntry("material", "household-register", "户主页看不清，请重新拍。")


def test_a_clear_first_notice_passes() -> None:
    check_entries([NAME, BOOKLET], ())


def test_a_second_notice_may_repeat_what_the_first_told() -> None:
    check_entries([BOOKLET], [NAME, BOOKLET])


def test_a_second_notice_may_not_ask_for_something_new() -> None:
    with pytest.raises(OneTimeNoticeUsed) as refused:
        check_entries([BOOKLET], [NAME])
    assert "一次告知" in refused.value.text.zh


def test_an_empty_notice_is_refused() -> None:
    with pytest.raises(CorrectionEmpty):
        check_entries([], ())


@pytest.mark.parametrize("text", ["", "   ", "长" * 501])
def test_every_point_says_how_to_mend_it(text: str) -> None:
    with pytest.raises(CorrectionUnclear):
        check_entries([CorrectionEntry("field", "child.name", text)], ())


def test_an_entry_survives_storage() -> None:
    assert CorrectionEntry.from_json(NAME.to_json()) == NAME
