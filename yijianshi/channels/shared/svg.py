"""The Track as SVG text. Written here and not by a template: its hundreds of small values were half the time of a page."""

from collections.abc import Collection, Sequence

from django.utils.html import escape

from yijianshi.channels.shared.picture import DrawnLine, DrawnStop, Picture, Stop
from yijianshi.kernel.text import Text

_TITLE = Text("办理路线图", "Map of the steps")
_SIGNS = {"done": "M-6 0.5-1.5 5 6.5-4.5", "waiting": "M0-7V1.5M0 6.5V6.6", "stopped": "M-5-5 5 5M5-5-5 5"}


def draw(form: str, picture: Picture, stops: Sequence[Stop], path: Collection[str], language: str) -> str:
    """Return the ``<svg>`` of one rendering (*form*: wide or tall), every word escaped."""
    told = "".join(f"{escape(stop.name)}, {escape(stop.department)}: {escape(stop.state)} {escape(stop.due)}; " for stop in stops)
    head = (
        f'<svg class="{form}" width="{picture.width}" viewBox="0 0 {picture.width} {picture.height}" role="img" '
        f'aria-labelledby="track-{form}-t track-{form}-d">\n'
        f'<title id="track-{form}-t">{_TITLE.get(language)}</title>\n<desc id="track-{form}-d">{told}</desc>\n'
    )
    lines = "".join(map(_line, picture.lines))
    return f"{head}{lines}\n{''.join(_stop(drawn, drawn.stop.code in path) for drawn in picture.stops)}</svg>\n"


def _line(line: DrawnLine) -> str:
    return f'<path class="track-line {line.tone}{" critical" if line.critical else ""}" d="{line.path}"/>'


def _stop(drawn: DrawnStop, on_path: bool) -> str:
    stop, place = drawn.stop, drawn.place
    centre = f'cx="{place.x}" cy="{place.y}"'
    marks = f"{' on-path' if on_path else ''}{' here' if stop.here else ''}"
    halo = f'<circle class="halo" {centre} r="21"/>' if stop.here else ""
    core = f'<circle class="core" {centre} r="6.5"/>' if stop.tone == "running" else ""
    if stop.tone in _SIGNS:
        core = f'<path class="sign" transform="translate({place.x} {place.y})" d="{_SIGNS[stop.tone]}"/>'
    words = "".join(
        f'<text class="{label.kind}" x="{place.text_x}" y="{label.y}">{escape(label.words)}</text>' for label in drawn.labels
    )
    return f'<g class="track-stop {stop.tone}{marks}">{halo}<circle class="ring" {centre} r="14"/>\n{core}\n{words}</g>\n'
