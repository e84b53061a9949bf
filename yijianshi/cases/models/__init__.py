from yijianshi.cases.models.case import Case, ClockEntry, Correction, Decision

__all__ = ["Case", "ClockEntry", "Correction", "Decision"]
