"""The Track as the template draws it: a layout of ``track`` with the words of each station broken into lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from yijianshi.channels.shared import track, wrapping

WIDE_UNITS = 27
OTHER_STEP = 20
_STEP = {"name": 22}  # height of one line of words


@dataclass(frozen=True, slots=True)
class Stop:
    """What is written beside one station; *tone* is done, running, waiting, idle or stopped."""

    code: str
    name: str
    department: str
    tone: str
    state: str
    due: str = ""
    turn: str = ""
    here: bool = False  # the reader's own case stands out


@dataclass(frozen=True, slots=True)
class Label:
    """One line of words at a height."""

    kind: str
    words: str
    y: int


@dataclass(frozen=True, slots=True)
class DrawnStop:
    """A station with its place and lines of words."""

    stop: Stop
    place: track.Place
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line and how far it has come: done, running, idle or stopped."""

    path: str
    critical: bool
    tone: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One rendering, wide or tall."""

    width: int
    height: int
    stops: tuple[DrawnStop, ...]
    lines: tuple[DrawnLine, ...]


def wide(stops: Sequence[Stop], lines: Sequence[track.Line], path: Sequence[str]) -> Picture:
    """Return the left-to-right picture for screens of 1000 px and more; rows are as high as their words need."""
    words = {stop.code: _words(stop, WIDE_UNITS, most=2) for stop in stops}
    need = max((_height(labels) for labels in words.values()), default=0)
    measures = track.Wide(row=need + 70, last=need + 44)
    return _picture(stops, words, track.lay_out_wide(list(words), lines, path, measures))


def tall(stops: Sequence[Stop], lines: Sequence[track.Line], path: Sequence[str], *, large: bool = False) -> Picture:
    """Return the top-to-bottom picture for phones; *large* draws fewer units to the width, so that all print grows."""
    measures = track.Tall(width=270, lane=20, margin=18, gap=14) if large else track.Tall()
    text_x = max(
        (place.text_x for place in track.lay_out_tall([stop.code for stop in stops], lines, path, measures).places), default=0
    )
    words = {stop.code: _words(stop, max(12, (measures.width - text_x) * 10 // 87), most=2) for stop in stops}
    need = max((_height(labels) for labels in words.values()), default=0)
    drawing = track.lay_out_tall(list(words), lines, path, replace(measures, row=need + 26))
    return _picture(stops, words, drawing)


def line_tone(upstream: str, downstream: str) -> str:
    """Return how a line looks between stations of these tones: it is travelled once its start is done."""
    if "stopped" in (upstream, downstream):
        return "stopped"
    if upstream == "done":
        return "done" if downstream == "done" else "running"
    return "idle"


def _picture(stops: Sequence[Stop], words: Mapping[str, Sequence[tuple[str, str]]], drawing: track.Drawing) -> Picture:
    by_code = {stop.code: stop for stop in stops}
    drawn = tuple(DrawnStop(by_code[place.code], place, _labels(words[place.code], place)) for place in drawing.places)
    lines = tuple(
        DrawnLine(stroke.path, stroke.critical, line_tone(by_code[stroke.upstream].tone, by_code[stroke.downstream].tone))
        for stroke in drawing.strokes
    )
    return Picture(drawing.width, drawing.height, drawn, lines)


def _words(stop: Stop, units: int, most: int) -> list[tuple[str, str]]:
    """Return (kind, line of words); names may take one line more than the rest."""
    rows = [("name", stop.name), ("where", stop.department), ("state", stop.state), ("due", stop.due), ("turn", stop.turn)]
    return [
        (kind, line)
        for kind, words in rows
        if words
        for line in wrapping.wrap(words, units, most + 1 if kind == "name" else most)
    ]


def _height(labels: Sequence[tuple[str, str]]) -> int:
    return sum(_STEP.get(kind, OTHER_STEP) for kind, _ in labels)


def _labels(words: Sequence[tuple[str, str]], place: track.Place) -> tuple[Label, ...]:
    labels: list[Label] = []
    y = place.text_y + 16
    for kind, line in words:
        labels.append(Label(kind, line, y))
        y += _STEP.get(kind, OTHER_STEP)
    return tuple(labels)
