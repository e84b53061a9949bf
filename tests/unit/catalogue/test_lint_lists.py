"""Each way a list of key matters can be wrong gives its own finding, worded as an author reads it."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES, THING
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files

LIST = """\
kind: list
code: nation
name: {zh: 第一批, en: First batch}
level: NATION
year: 2026
batch: 1
doc: 国办函〔2026〕2号
count: 3
confidence: confirmed
entries:
  - code: KM-2026-1-01
    name: {zh: 开个小摊, en: A stall}
    confidence: confirmed
    life_cycle: PERSON
    domain: 生活
    status: IN_OPERATION
  - {code: KM-2026-1-02, name: null, confidence: unconfirmed}
  - code: KM-2026-1-03
    name: {zh: 退休, en: Retirement}
    confidence: L
    life_cycle: PERSON
    domain: 养老
"""
OTHER = """\
kind: list
code: nation-later
name: {zh: 第二批, en: Second batch}
level: NATION
year: 2026
batch: 2
count: 1
confidence: confirmed
entries:
  - {code: KM-2026-2-01, name: null, confidence: unconfirmed}
"""
ENTRY = "list: {code: KM-2026-1-01, doc: 国办函〔2026〕2号, confidence: confirmed}\nlead: market"
STALL = THING.replace("lead: market", ENTRY, 1)


def findings_of(listed: str = LIST, thing: str = STALL) -> list[Finding]:
    files = {**FILES, "things/stall/thing.yaml": thing, "lists/nation.yaml": listed, "lists/later.yaml": OTHER}
    return list(check_files(files, CALENDAR)[1])


def test_the_small_list_is_in_order() -> None:
    assert [finding.line("en") for finding in findings_of()] == []


BROKEN = [
    (
        "C851",
        "code: KM-2026-1-02, name: null",
        "code: KM-2026-1-01, name: null",
        "清单编号“KM-2026-1-01”用了两次，另一处在 lists/nation.yaml:11。一个编号只能是一件事，请改其中一个。",
        "The list code 'KM-2026-1-01' is used twice, also at lists/nation.yaml:11. One code stands for one matter; change one of"
        " them.",
    ),
    (
        "C852",
        "count: 3",
        "count: 4",
        "公布的是 4 项，这里写了 3 项。不知道名称的也要占一条（name: null），请补齐，或改 count。",
        "4 entries were announced, 3 are here. One whose name is unknown has a line too (name: null). Add them, or mend count.",
    ),
    (
        "C853",
        "code: KM-2026-1-03",
        "code: KM-2025-1-03",
        "编号“KM-2025-1-03”和清单对不上，应当以“KM-2026-1-”开头。请改编号，或核对清单的年份、批次。",
        "The code 'KM-2025-1-03' does not fit its list; it should begin with 'KM-2026-1-'. Change it,"
        " or check the list's year and"
        " batch.",
    ),
    (
        "C854",
        "name: null, confidence: unconfirmed",
        "name: null, confidence: confirmed",
        "“KM-2026-1-02”还没有名称，把握程度却写 confirmed。没有核实到名称的，请写 confidence: unconfirmed。",
        "'KM-2026-1-02' has no name, yet its confidence is confirmed. Write confidence: unconfirmed until the name is found.",
    ),
    (
        "C854",
        "    life_cycle: PERSON\n    domain: 养老\n",
        "    domain: 养老\n",
        "“退休”没有写是个人的事还是经营主体的事。请写 life_cycle: PERSON 或 BUSINESS。",
        "'Retirement' does not say whose life cycle it belongs to. Write life_cycle: PERSON or BUSINESS.",
    ),
    (
        "C857",
        "    domain: 养老\n",
        "    domain: 养老\n    status: PILOT\n",
        "“退休”写的是 PILOT，可是没有一件事用编号 KM-2026-1-03，市民点进来无处可办。请改成 PLANNED，或"
        "在那件事的 list 写上这个编号。",
        "'Retirement' says PILOT, but no one-thing has the code KM-2026-1-03, so nobody could begin it. Write PLANNED, or put the"
        " code in that thing's list.",
    ),
    (
        "C857",
        "status: IN_OPERATION",
        "status: PLANNED",
        "“开个小摊”写的是 PLANNED，可是“开个小摊”已经用了编号 KM-2026-1-01。如果已经能办，请改成 PILOT 或 IN_OPERATION。",
        "'A stall' says PLANNED, yet 'Open a stall' has the code KM-2026-1-01. If it can be applied for, write PILOT or"
        " IN_OPERATION.",
    ),
    (
        "C858",
        "domain: 养老",
        "domain: 准入准营",
        "领域“准入准营”不在国办发〔2025〕24号列出的领域里。PERSON 可以写：出生、教育、就业、生活、置业"
        "、出行、就医、救助、养老、身后。",
        "The domain '准入准营' is not one of those in 国办发〔2025〕24号. For PERSON there are:"
        " 出生、教育、就业、生活、置业、出行、就医、救助、养老、身后.",
    ),
    (
        "C859",
        "    domain: 养老\n",
        "    domain: 养老\n    continued_as: KM-2026-2-02\n",
        "continued_as 写的“KM-2026-2-02”不在别的清单里。是不是“KM-2026-2-01”或“KM-2026-1-02”？请写后来"
        "清单里的编号，或去掉这一行。",
        "continued_as names 'KM-2026-2-02', which is in no other list. Did you mean 'KM-2026-2-01' or"
        " 'KM-2026-1-02'? Name the code"
        " in the later list, or remove the line.",
    ),
    (
        "C860",
        "level: NATION",
        "level: CITY",
        "全国清单不写 region，省、市清单要写。请补上 region。",
        "A national list has no region, a province's or city's has one. Add the region.",
    ),
    (
        "C102",
        "    domain: 养老\n",
        "    domain: 养老\n    metrics: [{place: 上海, measure: DAYS, before: 5, source: 公开报道, confidence: P}]\n",
        "“entries.2.metrics.0”要么写 before 和 after 两个数，要么写 percent_less（减少百分之几），不能都写或都不写。",
        "'entries.2.metrics.0' needs either before and after, or percent_less (the reduction in per cent); not both and not"
        " neither.",
    ),
]


@pytest.mark.parametrize(("code", "old", "new", "zh", "en"), BROKEN)
def test_the_message_says_what_is_wrong_and_how_to_mend_it(code: str, old: str, new: str, zh: str, en: str) -> None:
    assert old in LIST
    found = next(finding for finding in findings_of(LIST.replace(old, new, 1)) if finding.code == code)
    assert (found.text.zh, found.text.en) == (zh, en)
    assert found.where.line > 0


SIDES = [
    (
        "C855",
        "KM-2026-1-01,",
        "KM-2026-1-09,",
        "清单里没有编号“KM-2026-1-09”。是不是“KM-2026-1-03”或“KM-2026-1-02”？请改编号，或先把它写进 content/lists。",
        "No list has the code 'KM-2026-1-09'. Did you mean 'KM-2026-1-03' or 'KM-2026-1-02'? Change i"
        "t, or add it to content/lists"
        " first.",
    ),
    (
        "C856",
        "doc: 国办函〔2026〕2号",
        "doc: 国办函〔2026〕3号",
        "清单 KM-2026-1-01 写的文号是“国办函〔2026〕2号”，这件事写的是“国办函〔2026〕3号”。请核对文件，把两处改成一致。",
        "For the document the list says '国办函〔2026〕2号' (KM-2026-1-01), this thing says '国办函〔"
        "2026〕3号'. Check the document and"
        " make both agree.",
    ),
    (
        "C856",
        "domain: 生活",
        "domain: 就业",
        "清单 KM-2026-1-01 写的领域是“生活”，这件事写的是“就业”。请核对文件，把两处改成一致。",
        "For the domain the list says '生活' (KM-2026-1-01), this thing says '就业'. Check the document and make both agree.",
    ),
]


@pytest.mark.parametrize(("code", "old", "new", "zh", "en"), SIDES)
def test_a_thing_and_its_list_agree(code: str, old: str, new: str, zh: str, en: str) -> None:
    assert old in STALL
    found = next(finding for finding in findings_of(thing=STALL.replace(old, new, 1)) if finding.code == code)
    assert (found.text.zh, found.text.en) == (zh, en)
    assert found.where.path == "things/stall/thing.yaml"


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("status: IN_OPERATION", "status: PLANNED", "warning"),
        ("    domain: 养老\n", "    domain: 养老\n    status: PILOT\n", "error"),
    ],
)
def test_only_a_thing_that_already_runs_on_a_planned_entry_is_a_warning(old: str, new: str, severity: str) -> None:
    assert [finding.severity for finding in findings_of(LIST.replace(old, new, 1))] == [severity]


def test_without_any_list_a_thing_may_name_one() -> None:
    assert list(check_files({**FILES, "things/stall/thing.yaml": STALL}, CALENDAR)[1]) == []
