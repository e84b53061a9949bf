"""Reads of this room; each takes the actor and returns only what the actor may see."""

from yijianshi.crossregion.queries.passages import (
    Asked,
    Journey,
    Result,
    Stop,
    get_journey,
    place_of,
    region_of,
    result_file,
    stages_of,
)
from yijianshi.crossregion.queries.windows import (
    Paper,
    WindowRow,
    WindowSheet,
    file_at_window,
    get_at_window,
    list_at_window,
    may_receive,
)

__all__ = [
    "Asked",
    "Journey",
    "Paper",
    "Result",
    "Stop",
    "WindowRow",
    "WindowSheet",
    "file_at_window",
    "get_at_window",
    "get_journey",
    "list_at_window",
    "may_receive",
    "place_of",
    "region_of",
    "result_file",
    "stages_of",
]
