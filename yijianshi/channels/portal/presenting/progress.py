"""The Track of a submitted application: stations with tone, state, date and whose turn it is."""

from dataclasses import dataclass
from datetime import date

from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.queries.views import DeferredView, Progress, Station
from yijianshi.catalogue.logic.schema import SatisfierKind
from yijianshi.channels.portal.presenting import words
from yijianshi.channels.shared import dates
from yijianshi.channels.shared.display import Display
from yijianshi.channels.shared.fields import field_id
from yijianshi.channels.shared.picture import Stop
from yijianshi.kernel.errors import DomainError
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


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was to follow: whether it is late, how it is uploaded, and what was wrong with the last try."""

    view: DeferredView
    id: str
    is_late: bool
    formats: tuple[str, ...]
    max_mb: int
    problem: Text | None


def papers(progress: Progress, today: date, problem: DomainError | None = None, code: str = "") -> list[Paper]:
    """Return the papers to follow, those still missing first; *problem* stands at the paper *code*."""
    shown = [_paper(one, today, problem.text if problem and one.code == code else None) for one in progress.deferred]
    return sorted(shown, key=lambda paper: paper.view.uploaded)


def _paper(one: DeferredView, today: date, problem: Text | None) -> Paper:
    upload = next((way for way in one.material.satisfiers if way.kind is SatisfierKind.UPLOAD), None)
    formats, max_mb = (upload.formats, upload.max_mb) if upload else (("pdf", "jpg", "png"), 10)
    is_late = not one.uploaded and one.due_on is not None and one.due_on < today
    return Paper(one, field_id(one.code), is_late, formats, max_mb, problem)


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
