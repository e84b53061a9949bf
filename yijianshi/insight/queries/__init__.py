"""Reads of this room; each takes the actor."""

from yijianshi.insight.queries.recordings import (
    NoRecordings,
    RecordingSetCard,
    find_set,
    get_recordings,
    get_set,
    list_sets,
)
from yijianshi.insight.queries.replays import NoSuchRecording, ReplayView, get_example, replay_against

__all__ = [
    "NoRecordings",
    "NoSuchRecording",
    "RecordingSetCard",
    "ReplayView",
    "find_set",
    "get_example",
    "get_recordings",
    "get_set",
    "list_sets",
    "replay_against",
]
