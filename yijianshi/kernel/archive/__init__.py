"""The archive package of one finished application: written the same way every time, checked by four questions.

Words: *paper* (a file of the case), *step* (a thing that happened), *package* (the ZIP handed to the archive), *manifest*
(its list of files with their SM3), *retention* (how long it is kept). What it guarantees: ``docs/algorithms/archive.md``.
"""

from yijianshi.kernel.archive.model import CasePackage, Item, Paper, Role, Step
from yijianshi.kernel.archive.problems import ArchiveProblem, Limits, Question
from yijianshi.kernel.archive.reader import Answer, Report, Verdict, check, fingerprint, open_package
from yijianshi.kernel.archive.retention import Confidence, Outcome, Retention, Suggestion, destroy_on, is_due, longest, suggest
from yijianshi.kernel.archive.writer import write

__all__ = [
    "Answer",
    "ArchiveProblem",
    "CasePackage",
    "Confidence",
    "Item",
    "Limits",
    "Outcome",
    "Paper",
    "Question",
    "Report",
    "Retention",
    "Role",
    "Step",
    "Suggestion",
    "Verdict",
    "check",
    "destroy_on",
    "fingerprint",
    "is_due",
    "longest",
    "open_package",
    "suggest",
    "write",
]
