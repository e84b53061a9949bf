"""Each way a notice can be wrong gives its own finding, worded as an author reads it."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files

NOTICE = """\
kind: notice
code: correction
event: cases.correction_requested
audience: [applicant, agent]
channels: [sms, email]
needs_action: true
title: {zh: "“{item}”要补正", en: "“{item}” to correct"}
body: {zh: "请在 {date} 前补齐。", en: "Please do so by {date}."}
sms: {zh: "“{item}”请在{date}前补正。{site}", en: "“{item}”: please correct it by {date}. {site}"}
"""
REFUSED = """\
kind: notice
code: refused
event: cases.decided
outcome: REFUSED
audience: [applicant]
title: {zh: "没有批准", en: "Not approved"}
body: {zh: "原因见办理进度。", en: "See the progress page."}
"""


def findings_of(notice: str = NOTICE, refused: str = REFUSED) -> list[Finding]:
    files = {**FILES, "notices/correction.yaml": notice, "notices/refused.yaml": refused}
    return list(check_files(files, CALENDAR)[1])


def test_two_good_notices_are_in_order() -> None:
    assert [finding.line("en") for finding in findings_of()] == []


LONG = "很" * 60
BROKEN = [
    (
        "C871",
        "event: cases.correction_requested",
        "event: cases.corection_requested",
        "没有叫“cases.corection_requested”的事件。是不是“cases.correction_requested”或“cases.accepted”？"
        "可以写的事件见 docs/how-to/write-a-notice.md。",
        "There is no event 'cases.corection_requested'. Did you mean 'cases.correction_requested' or 'cases.accepted'?"
        " The events are listed in docs/how-to/write-a-notice.md.",
    ),
    (
        "C872",
        "event: cases.correction_requested",
        "event: cases.received",
        "“cases.received”发生时没有人接收通知，写了也不会发出。请换一个事件，或删掉这个文件。",
        "Nobody is told when 'cases.received' happens, so this would never be sent. Choose another event, or remove the file.",
    ),
    (
        "C873",
        "请在 {date} 前补齐。",
        "{name}请在 {date} 前补齐。",
        "body 里的 {name} 在这时还不知道。是不是“surname”或“number”？"
        "这里可以用：count, date, department, item, number, site, surname, thing。",
        "{name} in body is not known at this moment. Did you mean 'surname' or 'number'? Here you can use:"
        " count, date, department, item, number, site, surname, thing.",
    ),
    (
        "C874",
        "请在{date}前补正。",
        LONG,
        "短信连同填入的内容最长会到 98 个字，一条只能放 70 个（zh）。请写短一些。",
        "With what is filled in, the text message can reach 98 characters; one holds 70 (zh). Make it shorter.",
    ),
    (
        "C875",
        "channels: [sms, email]",
        "channels: [email]",
        "写了短信的文字，channels 里却没有 sms，不会发出。请在 channels 加上 sms，或删掉这段文字。",
        "There is a text message, but channels has no sms, so it is never sent. Add sms to channels, or remove the text.",
    ),
    (
        "C875",
        'sms: {zh: "“{item}”请在{date}前补正。{site}", en: "“{item}”: please correct it by {date}. {site}"}\n',
        "",
        "channels 里有 sms，却没有短信的文字。请补上 sms，或从 channels 去掉它。",
        "channels has sms, but there is no text for it. Add sms, or take it out of channels.",
    ),
    (
        "C877",
        "audience: [applicant, agent]",
        "audience: [party]",
        "“cases.correction_requested”发生时没有“party”可以告知。可以写：agent, applicant。",
        "When 'cases.correction_requested' happens there is no 'party' to tell. You can write: agent, applicant.",
    ),
    (
        "C878",
        "needs_action: true",
        "outcome: APPROVED",
        "“cases.correction_requested”的 outcome 写的是 APPROVED。这个事件没有不同的结果，请去掉 outcome。",
        "The outcome of 'cases.correction_requested' is APPROVED. This event has no outcomes; remove the line.",
    ),
    (
        "C879",
        "请在{date}前补正。",
        "请上 yijianshi.cn 补正。",
        "短信里不能写网址或域名（“yijianshi.cn”），收到的人分不清真假。要写网站地址，请用 {site}。",
        "A text message must hold no address ('yijianshi.cn'): nobody can tell true ones from false ones. Write"
        " {site} for this site.",
    ),
    (
        "C110",
        ', en: "“{item}” to correct"}',
        "}",
        "“title”缺少英文 (en)，市民会看到空白。请补上。",
        "'title' lacks 英文 (en); people would see nothing there. Add it.",
    ),
]


@pytest.mark.parametrize(("code", "good", "bad", "zh", "en"), BROKEN)
def test_a_broken_notice_is_named(code: str, good: str, bad: str, zh: str, en: str) -> None:
    assert good in NOTICE
    (finding,) = findings_of(NOTICE.replace(good, bad))
    assert (finding.code, finding.text.zh, finding.text.en) == (code, zh, en)
    assert finding.where.path == "notices/correction.yaml"


def test_an_outcome_is_named_where_there_are_several() -> None:
    (finding,) = findings_of(refused=REFUSED.replace("outcome: REFUSED\n", ""))
    assert finding.code == "C878"
    assert finding.text.zh.endswith("要写其中一个：APPROVED, REFUSED, NOT_ACCEPTED。")


def test_the_same_people_are_not_told_twice_of_the_same() -> None:
    (finding,) = findings_of(refused=NOTICE.replace("code: correction", "code: refused").replace("[applicant, agent]", "[agent]"))
    assert finding.code == "C876"
    assert finding.text.zh.startswith("notices/correction.yaml:3 已经告知同一件事（cases.correction_requested，agent）")
