"""The tables of the insight room; no other room imports them."""

from yijianshi.insight.models.recording import RecordingRow, RecordingSet

__all__ = ["RecordingRow", "RecordingSet"]
