"""Each way to break what is repeated gives its own finding, at its place, saying how to mend it."""

from functools import cache
from pathlib import Path

import pytest

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.loading import FOLDERS

CONTENT = Path(__file__).parents[3] / "content"
THING = "things/transport-company/thing.yaml"
CERTIFICATE = "items/transport/road-transport-certificate.yaml"
PERMIT = "items/transport/road-freight-permit.yaml"
LICENCE = "materials/vehicle-licence.yaml"
VEHICLE = "dictionary/vehicle.yaml"

# code, file, what to replace, with what, words of the message
BROKEN = [
    ("C901", CERTIFICATE, "repeat: vehicle", "repeat: vehicles", "“vehicles”不是可以有多个的组"),
    ("C901", LICENCE, "repeat: vehicle", "repeat: enterprise", "enterprise"),
    ("C902", VEHICLE, "count: fleet.vehicles", "count: fleet.business", "整数（INT）"),
    ("C902", VEHICLE, "count: fleet.vehicles", "count: vehicle.number", "vehicle.number"),
    ("C902", THING, "- fact: fleet.vehicles", "- fact: fleet.permit_number", "请在 questions 里加上这个问题"),
    ("C903", CERTIFICATE, "{fact: vehicle.plate}", "{fact: driver.name}", "分不清是哪一个的"),
    (
        "C903",
        "items/transport/driver-qualification-check.yaml",
        "materials: []",
        "materials: [{material: vehicle-licence}]",
        "vehicle",
    ),
    ("C904", PERMIT, "facts: [fleet.permit_number]", "facts: [fleet.permit_number, vehicle.plate]", "vehicle.plate"),
    ("C904", THING, "fleet.business == 'GENERAL'", "vehicle.is_heavy == True", "vehicle.is_heavy"),
    (
        "C904",
        THING,
        "{item: transport-tax-confirmation}",
        '{item: transport-tax-confirmation, when: "vehicle.is_heavy == True"}',
        "哪一个",
    ),
    ("C905", "dictionary/residence.yaml", "code: residence", "code: vehicle_2", "第2个"),
    ("C905", PERMIT, "code: road-freight-permit", "code: road-transport-certificate-3", "第3个"),
    ("C906", VEHICLE, "第{number}辆车", "这辆车", "{number}"),
]


@cache
def files() -> dict[str, str]:
    """Return the real content, as far as it is checked, without its worked examples."""
    found = {str(path.relative_to(CONTENT)): path.read_text() for name in FOLDERS for path in (CONTENT / name).rglob("*.yaml")}
    return {name: text for name, text in found.items() if "/examples/" not in name}


def findings_after(path: str, old: str, new: str) -> list[Finding]:
    changed = dict(files())
    assert old in changed[path]
    changed[path] = changed[path].replace(old, new, 1)
    return list(check_files(changed)[1])


def test_the_content_repeats_nothing_wrongly() -> None:
    assert [finding.line() for finding in check_files(files())[1] if finding.code.startswith("C90")] == []


@pytest.mark.parametrize(("code", "path", "old", "new", "words"), BROKEN)
def test_broken_repetition_is_found(code: str, path: str, old: str, new: str, words: str) -> None:
    found = [finding for finding in findings_after(path, old, new) if finding.code == code]
    assert found, [finding.line() for finding in findings_after(path, old, new)]
    assert any(words in finding.text.zh and finding.where.line and finding.text.en.strip() for finding in found), [
        finding.line() for finding in found
    ]
