"""What the content check says: each finding names file and line, what is wrong, and how to mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from yijianshi.kernel.text import Text

Severity = Literal["error", "warning"]


_EXAMPLES = "C80"  # what is found by running the worked examples


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A file and a line in it, counted from 1; line 0 means the whole file."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``code`` is stable (``C101``), errors forbid publishing, warnings do not."""

    code: str
    where: Where
    text: Text
    severity: Severity = "error"

    def line(self, language: str = "zh") -> str:
        """Return ``file:line code text`` on one line."""
        return f"{self.where}: {self.code} {self.text.get(language)}"

    def to_json(self) -> dict[str, object]:
        """Return a plain mapping for ``--json``."""
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.where.path,
            "line": self.where.line,
            "text": self.text.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of one check, ordered by file and line."""

    all: tuple[Finding, ...] = ()
    files: int = 0

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that forbid publishing."""
        return tuple(finding for finding in self.all if finding.severity == "error")

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Return the errors that leave nothing to compile: all but worked examples that come out differently."""
        return tuple(finding for finding in self.errors if not finding.code.startswith(_EXAMPLES))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return the findings worth a look."""
        return tuple(finding for finding in self.all if finding.severity == "warning")

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.all)

    def codes(self) -> list[str]:
        """Return the codes in order, for tests and summaries."""
        return [finding.code for finding in self.all]

    def summary(self) -> Text:
        """Return the closing line with the counts."""
        return Text(
            "检查了 {files} 个文件：{errors} 处错误，{warnings} 处提醒。",
            "{files} files checked: {errors} errors, {warnings} warnings.",
        ).format(files=self.files, errors=len(self.errors), warnings=len(self.warnings))

    def to_json(self) -> dict[str, object]:
        """Return a plain mapping for ``--json``."""
        return {
            "files": self.files,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "findings": [finding.to_json() for finding in self.all],
        }


def collect(findings: Iterable[Finding], files: int) -> Findings:
    """Return the findings once each, ordered by file, line and code."""
    unique = dict.fromkeys(findings)
    return Findings(tuple(sorted(unique, key=lambda finding: (finding.where, finding.code, finding.text.en))), files)
