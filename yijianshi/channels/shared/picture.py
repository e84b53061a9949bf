"""The Track as the template draws it: a layout of ``track`` with the words of each station broken into lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from yijianshi.channels.shared import track, wrapping

WIDE_UNITS = 27
TALL_UNITS = 28


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
    """Return the left-to-right picture for screens of 1000 px and more."""
    return _picture(stops, track.lay_out_wide([stop.code for stop in stops], lines, path), WIDE_UNITS)


def tall(stops: Sequence[Stop], lines: Sequence[track.Line], path: Sequence[str]) -> Picture:
    """Return the top-to-bottom picture for phones and for large print."""
    drawing = track.lay_out_tall([stop.code for stop in stops], lines, path)
    room = drawing.width - max((place.text_x for place in drawing.places), default=0)
    return _picture(stops, drawing, max(12, min(TALL_UNITS, room // 9)))


def line_tone(upstream: str, downstream: str) -> str:
    """Return how a line looks between stations of these tones: it is travelled once its start is done."""
    if "stopped" in (upstream, downstream):
        return "stopped"
    if upstream == "done":
        return "done" if downstream == "done" else "running"
    return "idle"


def _picture(stops: Sequence[Stop], drawing: track.Drawing, units: int) -> Picture:
    by_code = {stop.code: stop for stop in stops}
    drawn = tuple(DrawnStop(by_code[place.code], place, _labels(by_code[place.code], place, units)) for place in drawing.places)
    lines = tuple(
        DrawnLine(stroke.path, stroke.critical, line_tone(by_code[stroke.upstream].tone, by_code[stroke.downstream].tone))
        for stroke in drawing.strokes
    )
    return Picture(drawing.width, drawing.height, drawn, lines)


def _labels(stop: Stop, place: track.Place, units: int) -> tuple[Label, ...]:
    labels: list[Label] = []
    y = place.text_y + 16
    rows = [
        ("name", stop.name, 2),
        ("where", stop.department, 1),
        ("state", stop.state, 1),
        ("due", stop.due, 1),
        ("turn", stop.turn, 1),
    ]
    for kind, words, most in rows:
        for line in wrapping.wrap(words, units, most) if words else []:
            labels.append(Label(kind, line, y))
            y += 22 if kind == "name" else 20
    return tuple(labels)
