"""What nothing leads to is pointed out, each sort with its own words and place, and never forbids publishing."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files

STALL, OWNER = "dictionary/stall.yaml", "dictionary/owner.yaml"
COLOUR = "  - {name: stall.colour, type: TEXT, label: {zh: 颜色, en: Colour}, max_length: 9}\n"
LOGO = """\
kind: material
code: logo
name: {zh: 标志, en: Logo}
description: {zh: 图样。, en: The picture.}
how: {zh: 拍照。, en: A photo.}
source: APPLICANT
core: false
satisfiers: [{kind: COMMITMENT, letter: neat}, {kind: E_CERTIFICATE, certificate: mark}, {kind: UPLOAD}]
"""
MARK = """\
kind: certificate
code: mark
name: {zh: 商标证, en: Trade mark}
issuer_kind: market
holder: {name: owner.name, person: applicant}
fields: [owner.name, stall.colour]
statement: {zh: 证明商标。, en: Proves the mark.}
"""
NEAT = """\
kind: commitment
code: neat
name: {zh: 承诺书, en: Promise}
told: [{requirement: {zh: 属实。, en: True.}, confidence: D}]
promises: [{zh: 属实。, en: It is true.}]
consequences: {zh: 不属实的撤回。, en: Withdrawn if untrue.}
verification: {mode: ON_SITE, within_working_days: 20, confidence: D}
"""
ADDED = {"materials/logo.yaml": LOGO, "certificates/mark.yaml": MARK, "commitments/neat.yaml": NEAT}


def with_colour() -> dict[str, str]:
    return {**FILES, STALL: FILES[STALL] + COLOUR}


def findings_of(files: dict[str, str]) -> list[Finding]:
    return [one for one in check_files(files, CALENDAR)[1] if one.code in ("C211", "C212", "C213", "C214")]


def test_what_is_only_mentioned_by_what_is_unused_is_unused_too() -> None:
    found = findings_of(with_colour() | ADDED)
    assert {(one.code, one.where.path) for one in found} == {
        ("C211", STALL),
        ("C212", "materials/logo.yaml"),
        ("C213", "certificates/mark.yaml"),
        ("C214", "commitments/neat.yaml"),
    }
    assert {one.severity for one in found} == {"warning"}


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("C211", FILES[STALL].count("\n") + 1, "没有事项、条件或证照用到数据元“stall.colour”。不再需要就删掉"),
        ("C212", 2, "没有事项要材料“logo”。不再需要就删掉这个文件"),
        ("C213", 2, "没有事项发、要或读取证照“mark”。不再需要就删掉这个文件"),
        ("C214", 2, "没有用到的材料可以用承诺书“neat”代替。不再需要就删掉这个文件"),
    ],
)
def test_each_says_where_it_stands_and_how_to_mend_it(code: str, line: int, words: str) -> None:
    (found,) = (one for one in findings_of(with_colour() | ADDED) if one.code == code)
    assert words in found.text.zh
    assert found.where.line == line
    assert "Remove" in found.text.en


def test_one_use_is_enough_for_all_it_leads_to() -> None:
    files = with_colour() | ADDED
    sign = "items/market/sign-filing.yaml"
    files[sign] = files[sign].replace("  - {material: id-card}", "  - {material: id-card}\n  - {material: logo}")
    assert findings_of(files) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("things/stall/thing.yaml", "title_facts: [owner.name]", "title_facts: [stall.colour]"),
        ("items/health/food-check.yaml", "stall.opens_on <=", "stall.colour != 'x' and stall.opens_on <="),
        (STALL, 'min: "today()"', 'min: "today() + stall.count"'),
        (OWNER, "stall.kind != 'C'", "stall.colour != 'x'"),
        ("certificates/stall-permit.yaml", "fields: [owner.name, stall.kind]", "fields: [owner.name, stall.colour]"),
    ],
)
def test_every_place_that_reads_an_element_counts(path: str, old: str, new: str) -> None:
    files = with_colour()
    assert old in files[path]
    files[path] = files[path].replace(old, new, 1)
    if "stall.count" in new:
        files[STALL] = files[STALL].replace("stall.colour, type: TEXT", "stall.count, type: INT").replace(", max_length: 9", "")
    assert [one.line() for one in findings_of(files)] == []


def test_a_dictionary_alone_is_not_judged() -> None:
    assert findings_of({STALL: with_colour()[STALL]}) == []
