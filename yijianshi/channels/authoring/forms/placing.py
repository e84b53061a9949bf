"""Findings name a line; a form needs the place in the file that stands there."""

from collections.abc import Mapping, Sequence

from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.yaml_lines import YamlProblem, parse_yaml

Placed = Mapping[Steps, Sequence[Finding]]


def placed(text: str, findings: Sequence[Finding]) -> Placed:
    """Return the findings by the outermost place that begins on their line, or on the nearest line before."""
    lines = _outermost(text)
    found: dict[Steps, list[Finding]] = {}
    for finding in findings:
        found.setdefault(_at(lines, finding.where.line), []).append(finding)
    return found


def place_at(text: str, line: int) -> Steps:
    """Return the outermost place that begins on a line, or on the nearest line before."""
    return _at(_outermost(text), line)


def within(found: Placed, steps: Steps) -> list[Finding]:
    """Return the findings at a place and below it."""
    return [one for place, several in found.items() if place[: len(steps)] == steps for one in several]


def _outermost(text: str) -> dict[int, Steps]:
    try:
        places = parse_yaml(text).lines
    except YamlProblem:
        return {}
    lines: dict[int, Steps] = {}
    for steps, line in places.items():
        if steps and (line not in lines or len(steps) < len(lines[line])):
            lines[line] = steps
    return lines


def _at(lines: Mapping[int, Steps], line: int) -> Steps:
    before = [one for one in lines if one <= line]
    return lines[max(before)] if before and line else ()
