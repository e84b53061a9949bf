"""A report as a table for the terminal and for RESULTS.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.frame import Report


def render(report: Report) -> str:
    """Markdown: one row per figure, one per goal, then the notes."""
    lines = [f"## {report.bench} ({report.rounds} rounds, {'equal results' if report.equal else 'RESULTS DIFFER'})", ""]
    lines += ["| figure | median | middle half, or all rounds |", "|---|---|---|"]
    lines += [f"| {name} | {median} | {spread} |" for name, median, spread in _rows(report.figures)]
    if report.goals:
        lines += ["", "| goal | reached | wanted | met |", "|---|---|---|---|"]
    for goal in report.goals:
        sense = "≤" if goal.at_most else "≥"
        lines.append(
            f"| {goal.name} | {goal.value:.2f} {goal.unit} | {sense} {goal.goal} {goal.unit} | {'yes' if goal.met else 'no'} |"
        )
    if report.notes:
        lines += ["", *(f"- {note}" for note in report.notes)]
    return "\n".join(lines)


def _rows(figures: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    for name, value in figures.items():
        label = f"{prefix}{name}"
        if isinstance(value, Mapping) and "median" in value:
            yield label, f"{value['median']:.2f} {value.get('unit', 'x')}", _between(value)
        elif isinstance(value, Mapping):
            yield from _rows(value, f"{label} · ")
        else:
            yield label, str(value), ""


def _between(value: Mapping[str, Any]) -> str:
    """Ratios come with their middle half, figures with a unit with the least and the most of all rounds."""
    if "unit" in value:
        return f"all rounds {value['least']:.2f}–{value['most']:.2f}"
    return f"{value['low']:.2f}–{value['high']:.2f}"
