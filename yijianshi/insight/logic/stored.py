"""Recordings as JSON and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yijianshi.insight.logic.recording import Recording


def to_json(recording: Recording) -> dict[str, Any]:
    """Return what a recording holds beside its day and count."""
    return {
        "kept": dict(recording.kept),
        "present": list(recording.present),
        "declined": list(recording.declined),
        "held": [list(one) for one in recording.held],
        "prior": list(recording.prior),
        "choices": dict(recording.choices or {}),
    }


def from_json(on: date, content: Mapping[str, Any], count: int) -> Recording:
    """Return the recording that ``to_json`` wrote."""
    return Recording(
        on=on,
        kept=content["kept"],
        present=tuple(content["present"]),
        declined=tuple(content["declined"]),
        held=tuple((kind, holder, material) for kind, holder, material in content["held"]),
        prior=tuple(content["prior"]),
        choices=content["choices"],
        count=count,
    )
