"""A region says only what the template leaves open, and the message tells element, reason and way out."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES, with_change
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files

PERMIT = "items/market/permit-issue.yaml"
HERE = "bindings/410105/permit-issue.yaml"


def binding(body: str, *, path: str = HERE, region: str = "410105", item: str = "permit-issue") -> dict[str, str]:
    return {path: f'kind: binding\nitem: {item}\nregion: "{region}"\nset: {body}\nconfidence: D\n'}


CITY_PROMISES_ONE = binding("{promise: 1}", region="410100", path="bindings/410100/permit-issue.yaml")

# code, the files of the regions, what the author reads
BROKEN = [
    (
        "C771",
        binding("{hours: {zh: 九点, en: Nine}}", item="permit-isue", path="bindings/410105/permit-isue.yaml"),
        "没有叫“permit-isue”的事项，绑定不到任何地方。是不是“permit-issue”？",
        "There is no item called 'permit-isue' for this to belong to. Did you mean 'permit-issue'?",
    ),
    (
        "C772",
        binding("{fee: null}"),
        (
            "“fee”不能由 410105 另写：它由法律规定，不因地区而变。地方可以写的有：电话、地点、时间、窗口、网"
            "址、预约、邮寄、自助终端，以及更短的承诺和更少的到场次数。请从 set 里去掉它。"
        ),
        (
            "410105 cannot set 'fee' for itself: the law sets it, and it is the same everywhere. A region ma"
            "y set: telephones, places, hours, windows, addresses, booking, post, machines, a shorter promis"
            "e, fewer visits. Remove it from set."
        ),
    ),
    (
        "C772",
        binding("{materials: []}"),
        (
            "“materials”不能由 410105 另写：它要省、市、县三级一致，由全省模板写。地方可以写的有：电话、地点"
            "、时间、窗口、网址、预约、邮寄、自助终端，以及更短的承诺和更少的到场次数。请从 set 里去掉它。"
        ),
        (
            "410105 cannot set 'materials' for itself: it is the same in the whole province and stands in th"
            "e template. A region may set: telephones, places, hours, windows, addresses, booking, post, mac"
            "hines, a shorter promise, fewer visits. Remove it from set."
        ),
    ),
    (
        "C773",
        binding("{promise: 两天}"),
        "“promise”的值不对：两天。应当是一个不小于 0 的整数，如 promise: 3。",
        "The value of 'promise' does not fit: 两天. Write a whole number of 0 or more, such as promise: 3.",
    ),
    (
        "C773",
        binding("{hours: 九点}"),
        "“hours”的值不对：九点。应当是中文和英文，如 {zh: …, en: …}。",
        "The value of 'hours' does not fit: 九点. Write both languages, such as {zh: …, en: …}.",
    ),
    (
        "C773",
        binding("{self_service: perhaps}"),
        "“self_service”的值不对：perhaps。应当是true 或 false。",
        "The value of 'self_service' does not fit: perhaps. Write true or false.",
    ),
    (
        "C773",
        binding("{consult_phone: 12}"),
        '“consult_phone”的值不对：12。应当是带区号的电话并加引号，如 "0371-12345678"。',
        (
            "The value of 'consult_phone' does not fit: 12. Write a telephone with its area code in quotes, "
            'such as "0371-12345678".'
        ),
    ),
    (
        "C773",
        binding("{online_url: 网站}"),
        "“online_url”的值不对：网站。应当是以 https:// 开头的网址。",
        "The value of 'online_url' does not fit: 网站. Write an address that begins with https://.",
    ),
    (
        "C773",
        binding("{town_code: 41}"),
        "“town_code”的值不对：41。应当是9 位乡镇代码或 12 位村代码并加引号。",
        ("The value of 'town_code' does not fit: 41. Write a code of 9 (township) or 12 digits (village) in quotes."),
    ),
    (
        "C774",
        binding("{promise: 4}"),
        "410105 承诺 4 个工作日，比全省模板的 3 个还长。地方的承诺只能更短，请改成不超过 3，或去掉。",
        (
            "410105 promises 4 working days, longer than the 3 of the template. It may only promise less: wr"
            "ite 3 at most, or remove it."
        ),
    ),
    (
        "C774",
        CITY_PROMISES_ONE | binding("{promise: 2}"),
        "410105 承诺 2 个工作日，比上级地区的 1 个还长。地方的承诺只能更短，请改成不超过 1，或去掉。",
        (
            "410105 promises 2 working days, longer than the 1 of the region around it. It may only promise "
            "less: write 1 at most, or remove it."
        ),
    ),
    (
        "C775",
        binding("{visits: 1}"),
        "410105 要到现场 1 次，比全省模板的 0 次还多。地方只能更少，请改成不超过 0，或去掉。",
        ("410105 asks for 1 visit, more than the 0 of the template. It may only ask for fewer: write 0 at most, or remove it."),
    ),
    (
        "C777",
        binding("{promise: 1}") | binding("{promise: 1}", path="bindings/410105/second.yaml"),
        "410105 对“permit-issue”已经在 bindings/410105/permit-issue.yaml 写过。请合并成一个文件。",
        ("410105 has already spoken about 'permit-issue' in bindings/410105/permit-issue.yaml. Make them one file."),
    ),
    (
        "C778",
        binding('{consult_phone: "60000001", complaint_phone: "0371-60000001"}'),
        "咨询电话和投诉电话都要有、不能相同、要带区号（如 0371-12345678）。60000001 / 0371-60000001",
        (
            "Both an enquiry and a complaint phone are needed; they must differ and have the area code (such"
            " as 0371-12345678). 60000001 / 0371-60000001"
        ),
    ),
    (
        "C779",
        binding("{promise: 1}", path="bindings/jinshui/permit-issue.yaml"),
        ("文件应当放在 bindings/410105/permit-issue.yaml，好让人按地区和事项找到它。请移动文件，或改 region、item。"),
        (
            "The file belongs at bindings/410105/permit-issue.yaml, so that people find it by region and ite"
            "m. Move it, or change region or item."
        ),
    ),
]


def findings_of(files: dict[str, str]) -> list[Finding]:
    return list(check_files(files, CALENDAR)[1])


@pytest.mark.parametrize(("code", "files", "zh", "en"), BROKEN)
def test_what_a_region_may_not_say_is_refused(code: str, files: dict[str, str], zh: str, en: str) -> None:
    found = next(finding for finding in findings_of(FILES | files) if finding.code == code)
    assert (found.text.zh, found.text.en) == (zh, en)
    assert found.severity == "error"


def test_a_template_may_leave_less_open() -> None:
    files = with_change(PERMIT, "remedies: null", "open: [hours]\nremedies: null") | binding("{promise: 1}")
    assert [finding.text.zh for finding in findings_of(files)] == [
        "“promise”不能由 410105 另写：这个事项的全省模板没有放开它（open）。地方可以写的有：hours。请从 set 里去掉它。"
    ]


def test_a_region_where_the_item_is_not_offered_has_nothing_to_say() -> None:
    files = with_change(PERMIT, "remedies: null", 'offered_in: ["411300"]\nremedies: null') | binding("{promise: 1}")
    found = next(finding for finding in findings_of(files) if finding.code == "C776")
    assert found.text.zh == "“摊位证办理”只在 411300 办理，410105 不在其中。请去掉这个文件，或改模板的 offered_in。"


def test_service_is_the_regions_own_business() -> None:
    body = "{promise: 2, visits: 0, hours: {zh: 九点, en: Nine}, mail_result: true, online_url: 'https://example.gov.cn/a'}"
    assert findings_of(FILES | CITY_PROMISES_ONE | binding("{promise: 1}")) == []
    assert findings_of(FILES | binding(body)) == []
