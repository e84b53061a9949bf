"""The content of a second city for the demonstration: the same province's services, with offices and promises of Luoyang."""

import shutil
from pathlib import Path
from typing import Any

import yaml

CODE, REGION = "luoyang", "410300"
NAME = {"zh": "洛阳市", "en": "Luoyang"}
_REGIONS = {"410100": REGION, "410105": "410303"}
_WORDS = {
    "郑州市": "洛阳市",
    "郑州": "洛阳",
    "金水区": "西工区",
    "金水": "西工",
    "Zhengzhou": "Luoyang",
    "Jinshui": "Xigong",
    "henan-zhengzhou": "henan-luoyang",
}
# What Luoyang says for itself [D]: item → what it sets instead of the province's template.
_BINDINGS: dict[str, dict[str, Any]] = {
    "pension-retirement": {"promise": 12},
}


def make_content(source: Path, target: Path) -> Path:
    """Copy the content of the first city to *target* as the second city has it, and return *target*."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("bindings", "examples"))  # both speak of the first city
    for file in (target / "orgs").glob("*.yaml"):
        file.write_text(_translated(file.read_text(encoding="utf-8")), encoding="utf-8")
    people = target / "demo" / "people.yaml"
    known = yaml.safe_load(people.read_text(encoding="utf-8"))
    staff_only = {"kind": known["kind"], "people": [], "enterprises": [], "mandates": [], "staff": known["staff"]}
    _write(people, staff_only)
    for item, own in _BINDINGS.items():
        content = {"kind": "binding", "item": item, "region": REGION, "set": own, "confidence": "D"}
        _write(target / "bindings" / REGION / f"{item}.yaml", content)
    return target


def _translated(text: str) -> str:
    for old, new in {**{f'"{code}"': f'"{other}"' for code, other in _REGIONS.items()}, **_WORDS}.items():
        text = text.replace(old, new)
    return text


def _write(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
