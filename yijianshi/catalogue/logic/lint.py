"""The content check: every rule over the whole library, all findings at once, never stopping at the first."""

from collections.abc import Callable, Iterator, Mapping

from yijianshi.catalogue.logic.findings import Finding, Findings, collect
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.lint_rules import (
    bindings,
    consistency,
    examples,
    expressions,
    lists,
    notices,
    order,
    people_and_bodies,
    questions,
    references,
    registers,
    repeating,
    standard,
    suppliers,
    timing,
    wording,
)
from yijianshi.catalogue.logic.loading import load
from yijianshi.kernel.workdays import Calendar

RULES: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    references.check,
    expressions.check,
    order.check,
    questions.check,
    suppliers.check,
    registers.check,
    repeating.check,
    wording.check,
    consistency.check,
    standard.check,
    bindings.check,
    people_and_bodies.check,
    timing.check,
    lists.check,
    notices.check,
)


def lint(library: Library) -> list[Finding]:
    """Return all findings of all rules for a library that could be read."""
    return [finding for rule in RULES for finding in rule(library)]


def check_files(files: Mapping[str, str], calendar: Calendar | None = None) -> tuple[Library, Findings]:
    """Return the library of these files and everything wrong with it.

    With a calendar the worked examples are run too, once there are no errors left that would make them meaningless.
    """
    library, findings = load(files)
    findings += lint(library)
    if calendar is not None and not any(finding.severity == "error" for finding in findings):
        findings += examples.check(library, calendar)
    return library, collect(findings, len(files))
