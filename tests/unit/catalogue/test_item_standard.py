"""What follows from an item by itself, what a region lays over it, and the 53 elements."""

import pytest

from tests.unit.catalogue.stall import FILES, library, with_change
from yijianshi.catalogue.logic import code_tables
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.item_standard import derived
from yijianshi.catalogue.logic.item_standard.elements import ELEMENTS, describe
from yijianshi.catalogue.logic.item_standard.regional import bind
from yijianshi.catalogue.logic.item_standard.subject import Office, Subject
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.schema import Item
from yijianshi.kernel.text import Text

PERMIT = "items/market/permit-issue.yaml"
COUNTY, CITY = "410105", "410100"
# The body is the one of the real code 11370800MB28559184 3 370117002011 (handbook 4.2).
OFFICE = Office(Text("局", "Office"), "11370800MB28559184", "3", Text("路 1 号", "1 Road"), "0537-2000001", "0537-2000002")


def permit(old: str = "remedies: null", new: str = "remedies: null") -> Item:
    return check_files(with_change(PERMIT, old, new))[0].item("permit-issue")


def region(code: str, body: str) -> dict[str, str]:
    path = f"bindings/{code}/permit-issue.yaml"
    return {path: f'kind: binding\nitem: permit-issue\nregion: "{code}"\nset: {body}\nconfidence: D\n'}


def test_the_elements_are_those_of_the_standard_in_order() -> None:
    assert [one.number for one in ELEMENTS] == list(range(1, 54))
    assert len({one.field for one in ELEMENTS}) == 53


@pytest.mark.parametrize(
    ("table", "size", "code", "zh"),
    [
        (code_tables.TASK_TYPE, 12, "07", "行政确认"),
        (code_tables.USE_LEVEL, 7, "4", "县级"),
        (code_tables.BODY_NATURE, 4, "3", "受委托组织"),
        (code_tables.SERVICE_OBJECT, 6, "6", "其他组织"),
        (code_tables.HANDLE_FORM, 5, "4", "快递申请"),
        (code_tables.PROJECT_TYPE, 3, "1", "即办件"),
        (code_tables.SPECIAL_PROCEDURE, 2, "1", "延长审批"),
        (code_tables.SATISFACTION, 5, "1", "非常满意"),
    ],
)
def test_the_code_tables_are_those_of_annex_a(table: code_tables.Table, size: int, code: str, zh: str) -> None:
    assert (len(table), table[code].zh) == (size, zh)


def test_an_item_without_a_word_about_the_standard_is_described_in_full() -> None:
    said = {one.field: [text.zh for text in one.values] for one in describe(Subject(permit(), office=OFFICE))}
    assert said["handle_type"] == ["电脑端网上办理", "移动端网上申请"]
    assert said["online"] == ["Ⅳ级（全程网办）"]
    assert said["review_type"] == ["前审后批"]
    assert said["consult"] == ["0537-2000001"]
    assert said["transact"] == ["路 1 号"]
    assert said["task_code"] == []  # without a catalogue code none is invented


def test_the_codes_of_an_office_are_put_together() -> None:
    standard = 'catalog_code: "370117002011"\nstandard: {codes: {handling_serial: "01"}}\nremedies: null'
    subject = Subject(permit("remedies: null", standard), office=OFFICE)
    assert subject.task_code == "11370800MB285591843370117002011"
    assert subject.handling_code == "11370800MB28559184337011700201101"


def test_a_visit_brings_the_counter_and_takes_level_four() -> None:
    item = permit("count: 0, reason: null", "count: 1, reason: {zh: 验货, en: To look at it}")
    assert derived.forms(item) == ("1", "2", "3")
    assert derived.depth(item) == "3"


def test_an_extension_is_a_special_procedure_by_itself() -> None:
    item = permit(
        "legal: {working_days: 20, confidence: D}",
        "legal: {working_days: 20, confidence: D}\n  extension: {working_days: 10, confidence: L}",
    )
    assert [(one.code, one.limit and one.limit.en) for one in derived.special_procedures(item)] == [
        ("1", "at most 10 working days more")
    ]


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("餐饮许可证", "CERTIFICATE"),
        ("缴费凭证", None),
        ("资格认证", None),
        ("关于开工的批复", "APPROVAL"),
        ("批准发文", "DOCUMENT"),
        ("补贴", None),
    ],
)
def test_a_results_name_tells_its_type(name: str, type_: str | None) -> None:
    assert derived.type_by_name(name) == type_


def test_the_countys_word_counts_over_the_citys_and_the_rest_is_the_templates() -> None:
    files = FILES | region(CITY, "{promise: 2, hours: {zh: 九点, en: Nine}}") | region(COUNTY, "{hours: {zh: 八点, en: Eight}}")
    found, findings = check_files(files)
    assert not findings.errors
    thing = compile_thing(found, "stall")
    bound = thing.item_in("permit-issue", COUNTY)
    assert bound.item.limits.promise.working_days == 2
    assert bound.item.standard.place.hours == Text("八点", "Eight")
    assert bound.said_by == {"promise": CITY, "hours": COUNTY}
    assert thing.item_in("permit-issue", "411300").item == thing.item("permit-issue")
    assert thing.item_in("permit-issue", COUNTY).item.needs == thing.item("permit-issue").needs


def test_a_promise_of_nothing_makes_an_instant_case() -> None:
    found, _ = check_files(FILES | region(COUNTY, "{promise: 0}"))
    item = bind(found.item("permit-issue"), [one.model for one in found.bindings], COUNTY).item
    assert (item.project_type, derived.review_type(item)) == ("1", "AT_ONCE")


def test_bindings_are_part_of_what_is_published() -> None:
    bound = compile_thing(check_files(FILES | region(COUNTY, "{promise: 1}"))[0], "stall")
    assert bound.sha != compile_thing(library(), "stall").sha
