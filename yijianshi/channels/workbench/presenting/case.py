"""The case page: who and what, facts by person, materials with their files, the clock, the Track, the panel of actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from yijianshi.applications.queries import Seen, seen_of
from yijianshi.cases.queries.views import CaseView, FactRow, MaterialRow, Station
from yijianshi.channels.shared import dates
from yijianshi.channels.shared.display import Display
from yijianshi.channels.shared.picture import Stop
from yijianshi.channels.workbench.presenting import actions, clock, words
from yijianshi.foundation import calendars
from yijianshi.kernel.text import Text

_UNTIL = Text("最晚 {day}", "by {day}")
_ABOUT = Text("预计 {day}", "about {day}")
_COMPARABLE = frozenset({"UPLOAD", "DEFERRED"})
_IMAGES = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts about one person or subject."""

    label: Text
    facts: Sequence[FactRow]


@dataclass(frozen=True, slots=True)
class File:
    """One file handed in, with the address that shows it."""

    name: str
    size: str
    address: str
    is_image: bool


@dataclass(frozen=True, slots=True)
class Material:
    """One material, how it was met, and its files."""

    row: MaterialRow
    way: Text
    files: Sequence[File]
    seen: Seen | None  # who compared it with the original
    may_compare: bool
    reused: str  # the number of the application it was first handed in with


@dataclass(frozen=True, slots=True)
class Track:
    """What the Track tag draws, with this case marked."""

    stops: Sequence[Stop]
    lines: Sequence[tuple[str, str]]
    path: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the case page shows."""

    case: CaseView
    turn: Text | None
    groups: Sequence[FactGroup]
    materials: Sequence[Material]
    strip: clock.Strip
    track: Track
    panel: actions.Panel
    decision_tone: str
    decision_word: Text | None


def page(case: CaseView, listed: str, display: Display, today: date) -> Page:
    """Return the page of one case."""
    outcomes = words.SERVICE_OUTCOMES if case.decision and case.decision.is_slip else words.OUTCOMES
    tone, word = outcomes.get(case.decision.outcome, ("idle", None)) if case.decision else ("", None)
    return Page(
        case=case,
        turn=words.turn(case.state, is_service=case.is_service),
        groups=fact_groups(case),
        materials=[_material(case, row) for row in case.materials],
        strip=clock.strip(case, today, calendars.national()),
        track=_track(case, display),
        panel=actions.panel(case, listed),
        decision_tone=tone,
        decision_word=word,
    )


def fact_groups(case: CaseView) -> list[FactGroup]:
    """Return the facts by person or subject, in the order the item names them."""
    found: dict[str, list[FactRow]] = {}
    for fact in case.facts:
        found.setdefault(fact.entity, []).append(fact)
    return [FactGroup(facts[0].entity_label, facts) for facts in found.values()]


def later_items(case: CaseView) -> list[Text]:
    """Return the names of the items that need this case's result, directly or through another."""
    names = {station.item_code: station.item_name for station in case.stations}
    reached, frontier = [], [case.item_code]
    while frontier:
        upstream = frontier.pop(0)
        found = [
            edge.downstream
            for edge in case.edges
            if edge.upstream == upstream and not edge.order_only and edge.downstream not in reached
        ]
        reached += found
        frontier += found
    return [names[code] for code in reached if code in names]


def _material(case: CaseView, row: MaterialRow) -> Material:
    way = words.SATISFIERS.get(row.satisfier, row.how)
    if row.satisfier == "DEFERRED":
        way = words.FOLLOWED if row.files else words.TO_FOLLOW
    files = [_file(case, file) for file in row.files]
    seen = seen_of(row.files)
    reused = next((str(one["from"]["number"]) for one in row.files if "from" in one), "")
    return Material(row, way, files, seen, bool(files) and row.satisfier in _COMPARABLE, reused)


def _file(case: CaseView, file: Any) -> File:
    address = reverse("workbench:file", args=[case.id, file["id"]])
    return File(str(file["name"]), _size(int(file.get("size", 0))), address, file.get("mime") in _IMAGES)


def _size(count: int) -> str:
    if count >= 1_048_576:
        return f"{count / 1_048_576:.1f} MB"
    return f"{max(1, round(count / 1024))} kB" if count else ""


def _track(case: CaseView, display: Display) -> Track:
    stops = [_stop(station, case, display) for station in case.stations]
    return Track(stops, [(edge.upstream, edge.downstream) for edge in case.edges])


def _stop(station: Station, case: CaseView, display: Display) -> Stop:
    language = display.language
    here = station.case_id == case.id
    tone = words.STATE_TONES.get(station.state, "idle")
    if tone == "waiting" and not here:
        tone = "running"  # waiting is kept for this desk's own turn
    due = station.due_on if tone in {"running", "waiting", "idle"} else None
    until = _UNTIL if station.due_certain else _ABOUT
    return Stop(
        code=station.item_code,
        name=station.item_name.get(language),
        department=station.department.get(language),
        tone=tone,
        state=words.state(station.state, station.state_text).get(language),
        due=until.format(day=dates.day_in_words(due, language, display.today)).get(language) if due else "",
        here=here,
    )
