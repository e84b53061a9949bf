"""The Track of a submitted application: stations with tone, state, date and whose turn it is."""

from dataclasses import dataclass

from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.queries.views import Progress, Station
from yijianshi.channels.portal.presenting import words
from yijianshi.channels.shared import dates
from yijianshi.channels.shared.display import Display
from yijianshi.channels.shared.picture import Stop
from yijianshi.kernel.text import Text

_UNTIL = Text("最晚 {day}", "by {day}")
_EXPECTED = Text("预计 {day}", "expected {day}")
_TONES = {
    Overall.COMPLETED: "done",
    Overall.WAITING_FOR_YOU: "waiting",
    Overall.IN_PROGRESS: "running",
    Overall.SPLITTING: "running",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the Track tag draws, and the tone of the sentence beside it."""

    stops: list[Stop]
    lines: list[tuple[str, str]]
    path: tuple[str, ...]
    tone: str
    is_splitting: bool


def picture(progress: Progress, display: Display) -> Picture:
    """Return the picture of a ``Progress`` in the reader's language."""
    stops = [stop_of(station, display) for station in progress.stations]
    lines = [(edge.upstream, edge.downstream) for edge in progress.edges]
    return Picture(stops, lines, progress.path, tone_of(progress.overall), progress.overall is Overall.SPLITTING)


def tone_of(overall: Overall) -> str:
    """Return the tone of a whole application; what ended without all results is sober, not green."""
    return _TONES.get(overall, "idle")


def is_refused(station: Station) -> bool:
    """Say whether a department decided against the applicant, so that reason and remedies must be read."""
    return station.decision is not None and words.STATE_TONES[str(station.state)] == "stopped"


def stop_of(station: Station, display: Display) -> Stop:
    """Return the words beside one station."""
    tone = words.STATE_TONES[str(station.state)]
    return Stop(
        code=station.item_code,
        name=station.item_name.get(display.language),
        department=station.department.get(display.language),
        tone=tone,
        state=station.state_text.get(display.language),
        due=_due(station, display) if tone in ("running", "waiting", "idle") else "",
    )


def _due(station: Station, display: Display) -> str:
    if station.due_on is None:
        return ""
    text = _UNTIL if station.due_certain else _EXPECTED
    return text.format(day=dates.day_in_words(station.due_on, display.language, display.today)).get(display.language)
