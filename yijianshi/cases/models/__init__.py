from yijianshi.cases.models.archive import CaseArchive
from yijianshi.cases.models.case import Case, ClockEntry, Correction, Decision

__all__ = ["Case", "CaseArchive", "ClockEntry", "Correction", "Decision"]
