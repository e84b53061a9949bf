"""The sentences a citizen or clerk reads, word for word."""

from datetime import UTC, date, datetime

import pytest

from yijianshi.kernel.rules import UNKNOWN, Environment, Join, explain, parse
from yijianshi.kernel.text import Text

ENV = Environment(date(2026, 11, 22))
LABELS = {
    "child.birth_date": Text("孩子出生日期", "the child's date of birth"),
    "parents.marital": Text("父母婚姻状况", "parents' marital status"),
    "enterprise.employees": Text("职工人数", "number of employees"),
    "enterprise.region": Text("注册地", "place of registration"),
    "applicant.local": Text("本地户籍", "local household registration"),
}
VALUES = {
    "parents.marital": {"single": Text("未婚", "not married"), "married": Text("已婚", "married")},
    "enterprise.region": {"410000": Text("河南省", "Henan"), "110105": Text("北京市朝阳区", "Chaoyang, Beijing")},
    "certificates.held": {"marriage": Text("结婚证", "marriage certificate")},
}
FACTS = {
    "child.birth_date": date(2026, 3, 1),
    "parents.marital": "single",
    "enterprise.employees": 12,
    "enterprise.region": "110105",
    "applicant.local": False,
    "certificates.held": [],
    "at": datetime(2026, 11, 21, 16, 30, tzinfo=UTC),
}
SENTENCES = [
    ('parents.marital == "married"', "父母婚姻状况是“未婚”", "parents' marital status is not married"),
    ('parents.marital in ["single", "married"]', "父母婚姻状况是“未婚”", "parents' marital status is not married"),
    ("enterprise.employees >= 30", "职工人数 小于 30（现在是 12）", "number of employees is less than 30 (now 12)"),
    ("enterprise.employees < 30", "职工人数 小于 30（现在是 12）", "number of employees is less than 30 (now 12)"),
    (
        "child.birth_date > date(2026, 1, 1)",
        "孩子出生日期 在 2026-01-01 之后（现在是 2026-03-01）",
        "the child's date of birth is after 2026-01-01 (now 2026-03-01)",
    ),
    (
        "years_between(child.birth_date, today()) >= 3",
        "从 孩子出生日期 到 今天 的整年数 小于 3（现在是 0）",
        "full years from the child's date of birth to today is less than 3 (now 0)",
    ),
    (
        'in_region(enterprise.region, "410000")',
        "注册地 不在 河南省 范围内（现在是 北京市朝阳区）",
        "place of registration is not within Henan (now Chaoyang, Beijing)",
    ),
    ('has_certificate("marriage")', "没有 结婚证", "marriage certificate is not held"),
    ("applicant.local", "本地户籍：否", "local household registration: no"),
    ("not applicant.local", "本地户籍：否", "local household registration: no"),
    ("known(parents.marital)", "已知道 父母婚姻状况", "parents' marital status is known"),
    ("at >= today_at", "还需要知道：today_at", "Still needed: today_at"),
    ("1 / 0 > 1", "现在无法算出：1 除以 0 大于 1", "cannot be worked out now: 1 divided by 0 is more than 1"),
    ("today() - 3 > date(2026, 1, 1)", "今天 之前 3 天 在 2026-01-01 之后（现在是 2026-11-19）", "3 days before today is after"),
]


@pytest.mark.parametrize(("source", "chinese", "english"), SENTENCES)
def test_one_condition_says_what_is_so(source: str, chinese: str, english: str) -> None:
    summary = explain(parse(source), FACTS, ENV, LABELS, VALUES).summary()
    assert chinese in summary.zh
    assert english in summary.en


def test_only_what_decided_is_told() -> None:
    rule = parse('parents.marital == "married" and enterprise.employees < 30 and missing == 1')
    reason = explain(rule, FACTS, ENV, LABELS, VALUES)
    assert reason.summary() == Text("因为：父母婚姻状况是“未婚”", "Because: parents' marital status is not married")
    assert reason.join is Join.ALL
    assert [child.value for child in reason.children] == [False, True, UNKNOWN]
    assert reason.children[0].text == Text("父母婚姻状况是“已婚”", "parents' marital status is married")


def test_a_yes_needs_only_one_way() -> None:
    rule = parse("enterprise.employees >= 30 or enterprise.employees < 20 or not applicant.local")
    assert explain(rule, FACTS, ENV, LABELS, VALUES).summary().en == "Because: number of employees is less than 20 (now 12)"


def test_an_open_question_names_each_missing_fact_once() -> None:
    rule = parse("enterprise.revenue > 1 and (enterprise.revenue < 9 or applicant.age > 3)")
    summary = explain(rule, FACTS, ENV, {**LABELS, "applicant.age": Text("年龄", "age")}).summary()
    assert summary == Text("还需要知道：enterprise.revenue、年龄", "Still needed: enterprise.revenue, age")


def test_a_long_list_of_reasons_is_cut_and_counted() -> None:
    rule = parse(" or ".join(f"enterprise.employees > {30 + index}" for index in range(8)))
    summary = explain(rule, FACTS, ENV, LABELS).summary()
    assert summary.zh.endswith(";另有 3 项")
    assert summary.en.endswith("; and 3 more")


def test_moments_are_told_in_chinese_time() -> None:
    reason = explain(parse('at < datetime("2026-11-22T00:00:00+08:00")'), FACTS, ENV)
    assert "2026-11-22 00:30" in reason.summary().zh
