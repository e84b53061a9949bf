"""The Track of a submitted application: stations with tone, state, date and whose turn it is."""

from dataclasses import dataclass
from typing import Any

from yijianshi.channels.portal.presenting import words
from yijianshi.channels.shared import dates
from yijianshi.channels.shared.display import Display
from yijianshi.channels.shared.picture import Stop
from yijianshi.kernel.text import Text

_UNTIL = Text("最晚 {day}", "by {day}")
OPEN = ("WAITING_UPSTREAM", "RECEIVED", "CORRECTION_REQUESTED", "ACCEPTED", "SUSPENDED")


@dataclass(frozen=True, slots=True)
class Picture:
    """What the Track tag draws, and the tone of the sentence beside it."""

    stops: list[Stop]
    lines: list[tuple[str, str]]
    path: tuple[str, ...]
    tone: str


def picture(progress: Any, display: Display) -> Picture:
    """Return the picture of a ``Progress`` in the reader's language."""
    stops = [_stop(station, display) for station in progress.stations]
    lines = [(edge.upstream, edge.downstream) for edge in progress.edges if edge.kind == "FINISH_TO_START"]
    return Picture(stops, lines, tuple(progress.path), overall([stop.tone for stop in stops]))


def overall(tones: list[str]) -> str:
    """Return the tone of the whole: the citizen's turn first, then running, then how it ended."""
    for tone in ("waiting", "running", "idle"):
        if tone in tones:
            return "running" if tone == "idle" else tone
    return "done" if "done" in tones else "stopped"


def may_withdraw(progress: Any) -> list[Any]:
    """Return the stations whose item can still be withdrawn."""
    return [station for station in progress.stations if station.state in OPEN]


def _stop(station: Any, display: Display) -> Stop:
    tone = words.STATE_TONES[str(station.state)]
    due = station.due_on if tone in ("running", "waiting", "idle") else None
    until = _UNTIL.format(day=dates.day_in_words(due, display.language, display.today)).get(display.language) if due else ""
    return Stop(
        code=station.item_code,
        name=station.name.get(display.language),
        department=station.department.get(display.language),
        tone=tone,
        state=station.state_text.get(display.language),
        due=until,
        turn=station.whose_turn.get(display.language) if tone in ("waiting", "running") and station.whose_turn else "",
    )
