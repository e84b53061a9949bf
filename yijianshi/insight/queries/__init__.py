"""Reads of this room; each takes the actor."""

from yijianshi.insight.queries.forecasts import DeskView, ForecastView, Variant, forecast, list_desks
from yijianshi.insight.queries.recordings import (
    NoRecordings,
    RecordingSetCard,
    find_set,
    get_recordings,
    get_set,
    list_sets,
)
from yijianshi.insight.queries.replays import NoSuchRecording, ReplayView, base_of, get_example, replay_against

__all__ = [
    "DeskView",
    "ForecastView",
    "NoRecordings",
    "NoSuchRecording",
    "RecordingSetCard",
    "ReplayView",
    "Variant",
    "base_of",
    "find_set",
    "forecast",
    "get_example",
    "get_recordings",
    "get_set",
    "list_desks",
    "list_sets",
    "replay_against",
]
