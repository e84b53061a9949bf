"""A notice as one person reads it: filled in, short by text message, whatever the names hold."""

from hypothesis import given
from hypothesis import strategies as st

from yijianshi.catalogue.logic.schema.notice import Notice
from yijianshi.catalogue.logic.telling import SMS_LIMITS, reckoned_length, tell
from yijianshi.kernel.text import Text

NOTICE = Notice(
    kind="notice",
    code="correction",
    event="cases.correction_requested",
    audience=("applicant",),
    channels=("sms",),
    title=Text("“{item}”要补正", "“{item}” to correct"),
    body=Text("{department}：请在 {date} 前补齐。", "{department}: please do so by {date}."),
    sms=Text("“{item}”请在{date}前补正。{site}", "“{item}”: correct it by {date}. {site}"),
)
NAMES = st.text(min_size=1, max_size=200).filter(str.strip)


def words(**named: str) -> dict[str, Text]:
    return {name: Text(value, value) for name, value in named.items()}


def test_names_are_filled_in_and_cut_only_in_the_text_message() -> None:
    long = "生育医疗费用报销（生育保险待遇核准支付）"
    told = tell(NOTICE, words(item=long, date="12月3日", department="医保局", site="yjs.example.gov.cn"))
    assert told.title.zh == f"“{long}”要补正"
    assert told.body.zh == "医保局：请在 12月3日 前补齐。"
    assert told.sms is not None
    assert told.sms.zh == "“生育医疗费用报销（生育…”请在12月3日前补正。yjs.example.gov.cn"


def test_what_is_not_known_shows_as_a_dash_and_braces_in_a_name_mean_nothing() -> None:
    told = tell(NOTICE, words(item="{date}{0}{item.x}"))
    assert told.title.zh == "“{date}{0}{item.x}”要补正"
    assert told.body.zh == "—：请在 — 前补齐。"


@given(NAMES, NAMES, NAMES)
def test_a_text_message_is_never_longer_than_the_check_reckoned(item: str, date: str, department: str) -> None:
    told = tell(NOTICE, words(item=item, date=date, department=department, site="yjs.example.cn"))
    assert told.sms is not None
    for language, limit in SMS_LIMITS.items():
        assert NOTICE.sms is not None
        assert len(told.sms.get(language)) <= reckoned_length(NOTICE.sms, language) <= limit
