"""What is sent: short, without line breaks in a subject, the same whatever a title holds; and how long it waits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.exchange.notices.logic.letters import Content, as_email, as_sms, expectation
from yijianshi.exchange.notices.logic.retrying import wait
from yijianshi.kernel.text import Text

SITE = "https://yjs.example.cn"
ONE = Content(Text("办结了", "Done"), Text("结果请看进度。", "Nothing to do."), Text("“户口登记”办结了。", "It is done."))
WORDS = st.text(min_size=1, max_size=300).filter(str.strip)


def test_one_notice_is_its_own_text_message() -> None:
    assert as_sms([ONE], "zh", SITE).text == "“户口登记”办结了。"
    assert as_sms([ONE], "en", SITE).text == "It is done."


def test_a_digest_lists_titles_and_says_how_many() -> None:
    assert as_sms([ONE, ONE], "zh", SITE).text == f"您有 2 条新消息：办结了；办结了。请登录查看。{SITE}"
    assert as_sms([ONE, ONE], "en", SITE).text.startswith("You have 2 new messages: Done; Done.")


@given(st.lists(WORDS, min_size=1, max_size=9), st.sampled_from(["zh", "en"]))
def test_a_text_message_is_one_message_and_a_subject_one_line(titles: list[str], language: str) -> None:
    contents = [Content(Text(one, one), Text(one, one)) for one in titles]
    assert len(as_sms(contents, language, SITE).text) <= (70 if language == "zh" else 160)
    subject = as_email(contents, language, SITE).subject
    assert subject
    assert len(subject.splitlines()) == 1


def test_an_email_holds_every_body_and_how_to_stop_it() -> None:
    words = as_email([ONE, ONE], "zh", SITE)
    assert words.subject == "您有 2 条新消息"
    assert words.text.count("结果请看进度。") == 2
    assert (
        "需要您办" in as_email([Content(ONE.title, ONE.body, None, expectation(needs_action=True, act_by=None))], "zh", SITE).text
    )
    assert "消息设置" in words.text


@pytest.mark.parametrize(
    ("attempts", "asked", "seconds"),
    [
        (0, None, 15),
        (1, None, 15),
        (2, None, 30),
        (5, None, 240),
        (12, None, 3_600),
        (999, None, 3_600),
        (1, 90, 90),
        (1, 1e9, 3_600),
    ],
)
def test_waiting_doubles_up_to_an_hour(attempts: int, asked: float | None, seconds: float) -> None:
    assert wait(attempts, 1.0, asked).total_seconds() == seconds


def test_it_says_whether_something_is_expected_and_until_when() -> None:
    assert expectation(needs_action=False, act_by=date(2026, 12, 3)).zh == "不用您做什么"
    assert expectation(needs_action=True, act_by=None).en == "Please act"
    assert expectation(needs_action=True, act_by=date(2026, 12, 3)).zh == "需要您办，2026年12月3日（周四）前"
