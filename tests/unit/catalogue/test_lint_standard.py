"""Each way to contradict the item standard gives its own finding, worded as an author reads it."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES, with_change
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files

PERMIT = "items/market/permit-issue.yaml"
SIGN = "items/market/sign-filing.yaml"
DRAWING = "materials/drawing.yaml"
NOTHING = "remedies: null"

# code, file, what to replace, with what, what the author reads
BROKEN = [
    (
        "C752",
        PERMIT,
        NOTHING,
        (
            "standard: {outcome: {type: DOCUMENT, sample: {zh: 见样本, en: See the sample}}}\nresult: {zh: 摊"
            "位证, en: Stall permit}\nremedies: null"
        ),
        "结果叫“摊位证”，应当是出证办结，现在写的是出文办结。请改 outcome.type，或改结果名称。",
        (
            "A result called 'Stall permit' means: A certificate is issued. It says: A document is issued. C"
            "hange outcome.type, or the result's name."
        ),
    ),
    (
        "C754",
        PERMIT,
        NOTHING,
        'standard: {channels: {forms: ["1"]}}\nremedies: null',
        ("不用到现场，也不能网上办，就要能寄材料。请在 channels.forms 加上 4（快递申请），或加上网上办理（2、3）。"),
        ("No visit and nothing online leaves only the post. Add 4 (by post) to channels.forms, or 2 or 3 (online)."),
    ),
    (
        "C755",
        PERMIT,
        "visits: {count: 0, reason: null}",
        'standard: {channels: {depth: "4"}}\nvisits: {count: 1, reason: {zh: 验货, en: To look at it}}',
        "网上办理深度写的是Ⅳ级（全程网办），却要到现场 1 次。请把 visits 改成 0，或把深度改成 3。",
        "Online depth IV means wholly online, yet 1 visit is asked for. Write 0 visits, or depth 3.",
    ),
    (
        "C758",
        PERMIT,
        NOTHING,
        "standard: {topics_for: BUSINESS}\nremedies: null",
        "主题分类是面向法人的，服务对象（service_objects）里却没有法人或其他组织（2 至 6）。请改成一致的。",
        ("The topics are for businesses, but service_objects has no businesses or organisations (2 to 6). Make the two agree."),
    ),
    (
        "C759",
        PERMIT,
        'task_type: "20"',
        'task_type: "01"\nsteps: [{zh: 收, en: In}, {zh: 发, en: Out}]',
        ("行政许可的流程至少写 5 步（受理、审核、审批、办结、送达），现在是 2 步。请补全；不写 steps，就用国家标准的 5 步。"),
        (
            "A licence has at least 5 steps (acceptance, examination, decision, completion, delivery), not 2"
            ". Complete them, or leave steps out and the five of the standard are used."
        ),
    ),
    (
        "C760",
        SIGN,
        NOTHING,
        "standard: {outcome: {type: DOCUMENT}}\nremedies: null",
        ("结果类型是出文办结，却没有样本，市民不知道会拿到什么。请写 outcome.sample，或在 produces.certificates 写明证照。"),
        (
            "The result is: A document is issued, but there is no sample, so nobody knows what to expect. Wr"
            "ite outcome.sample, or name the certificate in produces.certificates."
        ),
    ),
    (
        "C761",
        PERMIT,
        NOTHING,
        'standard: {authority: {body_nature: "3"}}\nremedies: null',
        "实施主体是受委托组织（3），请在 authority.commissioned_by 写明委托部门。",
        "The body acts on commission (3); say in authority.commissioned_by who commissioned it.",
    ),
    (
        "C762",
        PERMIT,
        NOTHING,
        "standard: {dates: {effective_on: 2026-03-01, ends_on: 2026-02-01}}\nremedies: null",
        "停办日期 2026-02-01 早于生效日期 2026-03-01。请改其中一个。",
        "It ends on 2026-02-01, before it begins on 2026-03-01. Change one of them.",
    ),
    (
        "C762",
        SIGN,
        NOTHING,
        "standard: {dates: {ends_on: 2025-12-31}}\nremedies: null",
        "“招牌备案”到 2025-12-31 就停办，这件事 2026-01-01 才生效。请从 items 里去掉它，或改日期。",
        (
            "'Sign filing' ends on 2025-12-31, before this thing takes effect on 2026-01-01. Remove it from "
            "items, or change a date."
        ),
    ),
    (
        "C763",
        PERMIT,
        NOTHING,
        'standard: {codes: {handling_serial: "01"}}\nremedies: null',
        ("写了业务办理项序号，却没有基本编码（catalog_code），编不出业务办理项编码。请补上基本编码，或去掉序号。"),
        ("A handling serial needs a catalogue code (catalog_code) to go with. Add the code, or remove the serial."),
    ),
    (
        "C764",
        PERMIT,
        'task_type: "20"',
        'task_type: "02"',
        "行政处罚（02）不是依申请办理的事项，市民不能申请。请核对 task_type，或从内容里去掉这个事项。",
        (
            "'Administrative penalty' (02) is not done on application, so nobody can apply for it. Check tas"
            "k_type, or remove the item."
        ),
    ),
    (
        "C764",
        PERMIT,
        'task_type: "20"',
        'task_type: "06"',
        "行政检查（06）不是依申请办理的事项，市民不能申请。请核对 task_type，或从内容里去掉这个事项。",
        (
            "'Administrative inspection' (06) is not done on application, so nobody can apply for it. Check "
            "task_type, or remove the item."
        ),
    ),
    (
        "C766",
        PERMIT,
        NOTHING,
        "standard: {channels: {booking_daily: 10}}\nremedies: null",
        "写了每天的预约数，却没写怎样预约。请补上 channels.booking，或去掉 booking_daily。",
        "A daily number of bookings needs to say how to book. Add channels.booking, or remove booking_daily.",
    ),
    (
        "C767",
        PERMIT,
        NOTHING,
        "standard: {channels: {area_mode: JOINT}}\nremedies: null",
        "写了通办形式，通办范围却是当地办理。请补上 channels.area，或去掉 area_mode。",
        "It says how to do it elsewhere, but the area is here only. Add channels.area, or remove area_mode.",
    ),
    (
        "C768",
        DRAWING,
        "core: false",
        "core: false\nstandard: {originals: 1}",
        "材料是电子的，就不要写原件、复印件的份数。请把 form 改成 PAPER 或 EITHER，或去掉份数。",
        "An electronic paper has no originals or copies. Make form PAPER or EITHER, or remove the numbers.",
    ),
    (
        "C603",
        PERMIT,
        NOTHING,
        "standard: {admission: {conditions: [{zh: 符合其他条件, en: Meets what is asked}]}}\nremedies: null",
        "受理条件“符合其他条件”里有“其他条件”，市民不知道自己符不符合。请写出具体是什么条件，一条写一个。",
        (
            "The condition 'Meets what is asked' says '其他条件', so nobody can tell whether they meet it. N"
            "ame each condition, one per line."
        ),
    ),
    (
        "C603",
        PERMIT,
        NOTHING,
        "standard: {admission: {review: [{zh: 材料符合有关规定, en: The papers fit}]}}\nremedies: null",
        "受理条件“材料符合有关规定”里有“有关规定”，市民不知道自己符不符合。请写出具体是什么条件，一条写一个。",
        (
            "The condition 'The papers fit' says '有关规定', so nobody can tell whether they meet it. Name e"
            "ach condition, one per line."
        ),
    ),
]


def findings_of(files: dict[str, str]) -> list[Finding]:
    return list(check_files(files, CALENDAR)[1])


@pytest.mark.parametrize(("code", "path", "old", "new", "zh", "en"), BROKEN)
def test_the_message_says_what_is_wrong_and_how_to_mend_it(code: str, path: str, old: str, new: str, zh: str, en: str) -> None:
    found = next(finding for finding in findings_of(with_change(path, old, new)) if finding.code == code)
    assert (found.text.zh, found.text.en) == (zh, en)
    assert found.where.line > 0


@pytest.mark.parametrize(
    "standard",
    [
        '{channels: {forms: ["1", "4"]}}',
        '{channels: {depth: "4", booking: {zh: 打电话, en: Call}, booking_daily: 9, area: NATION, area_mode: ONLINE}}',
        "{outcome: {type: DOCUMENT, sample: {zh: 见样本, en: See the sample}}}",
        '{authority: {body_nature: "3", commissioned_by: {zh: 市局, en: City office}}}',
        "{dates: {effective_on: 2026-01-01, ends_on: 2026-12-31}}",
        "{topics_for: PERSON, topics: [{zh: 就业创业, en: Work}]}",
        "{admission: {conditions: [{zh: 年满十八周岁, en: Eighteen}], review: [{zh: 在划定区域, en: In the area}]}}",
    ],
)
def test_what_agrees_is_left_alone(standard: str) -> None:
    assert findings_of(with_change(PERMIT, NOTHING, f"standard: {standard}\n{NOTHING}")) == []


def test_a_licence_without_steps_has_those_of_the_standard() -> None:
    codes = {finding.code for finding in findings_of(with_change(PERMIT, 'task_type: "20"', 'task_type: "01"'))}
    assert "C759" not in codes


def test_the_small_content_is_otherwise_in_order() -> None:
    assert findings_of(FILES) == []
