"""What the pages of simulation compare recordings with: a published version, the content in use, or a proposal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.authoring.states import OPEN
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.queries import authoring
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.insight import queries as insight
from yijianshi.insight.logic.assumptions import Assumptions, read_assumptions, usual_start
from yijianshi.kernel.errors import DomainError, Invalid
from yijianshi.kernel.text import Text

SAMPLE = Text("示例记录", "Sample recordings")
_PROPOSAL = Text("提案：{title}（{state}）", "Proposal: {title} ({state})")
_VERSION = Text("已发布的第 {n} 版，{day} 起", "Published version {n}, from {day}")


class NothingToCompare(Invalid):
    """要比较的版本没有找到，可能已经撤回，或者不是这件事的。请重新选。

    What to compare with was not found; it may have been withdrawn, or belongs to another matter. Please choose again.
    """


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of the selection: ``version:<id>`` or ``proposal:<id>``."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set of recordings in the list."""

    card: insight.RecordingSetCard
    name: Text


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page: which recordings there are, and what may be recorded."""

    rows: tuple[SetRow, ...]
    things: tuple[Choice, ...]
    since: date
    proposal: Choice | None


def overview(proposal: str, *, by: Actor) -> Overview:
    """Return the sets of recordings; *proposal* (an id, perhaps nonsense) goes along to the next page."""
    today = clock.today(clock.now())
    names = {card.code: card.name for card in catalogue.list_things(by=by, on=today)}
    rows = (SetRow(card, names.get(card.thing_code, Text(card.thing_code, card.thing_code))) for card in insight.list_sets(by=by))
    things = tuple(Choice(code, name) for code, name in names.items())
    found = next((one for one in _proposals(by) if one.value == f"proposal:{proposal}"), None)
    return Overview(tuple(rows), things, usual_start(today), found)


def choices(code: str, *, by: Actor) -> tuple[Choice, ...]:
    """Return what a thing's recordings can be compared with: open proposals, then its versions, newest first."""
    versions = (
        Choice(f"version:{one.id}", _VERSION.format(n=one.version, day=one.effective_on.isoformat()))
        for one in catalogue.list_versions(code)
    )
    return (*_proposals(by), *versions)


def resolve(against: str, code: str, *, by: Actor) -> CompiledThing | None:
    """Return the version meant, None for nothing chosen. Raises NothingToCompare, MendFirst, UnknownThing."""
    if not against:
        return None
    kind, _, name = against.partition(":")
    try:
        wanted = UUID(name)
    except ValueError as error:
        raise NothingToCompare(field="against") from error
    if kind == "proposal":
        return authoring.preview_thing(wanted, code, by=by)
    if kind != "version" or wanted not in {one.id for one in catalogue.list_versions(code)}:
        raise NothingToCompare(field="against")
    return catalogue.get_version(wanted)


@dataclass(frozen=True, slots=True)
class Compared:
    """A page about one set: what is chosen, what came out, or what stands in the way."""

    card: insight.RecordingSetCard
    thing: CompiledThing
    choices: tuple[Choice, ...]
    against: str
    replay: insight.ReplayView | None = None
    desks: tuple[insight.DeskView, ...] = ()
    forecast: insight.ForecastView | None = None
    assumptions: Assumptions | None = None
    problem: DomainError | None = None

    @property
    def proposal_id(self) -> str:
        """Return the id of the proposal compared with, or nothing."""
        kind, _, name = self.against.partition(":")
        return name if kind == "proposal" else ""


def compared(set_id: UUID, against: str, *, by: Actor, problem: DomainError | None = None) -> Compared:
    """Return the replay of a set against what is chosen. Raises NoRecordings, Forbidden."""
    card, thing = insight.get_set(set_id, by=by), insight.base_of(set_id, by=by)
    found = None
    try:
        new = resolve(against, card.thing_code, by=by)
        found = insight.replay_against(set_id, new, by=by) if new else None
    except DomainError as error:
        problem = problem or error
    return Compared(card, thing, choices(card.thing_code, by=by), against, found, problem=problem)


def forecast(set_id: UUID, raw: Mapping[str, str], *, by: Actor) -> Compared:
    """Return the forecast of a set; without ``run`` in the form only the form. Raises NoRecordings, Forbidden."""
    card, thing = insight.get_set(set_id, by=by), insight.base_of(set_id, by=by)
    usual = Assumptions(usual_start(clock.today(clock.now())))
    against, assumptions, found, problem = raw.get("against", ""), usual, None, None
    try:
        assumptions = read_assumptions(raw, usual)
        if "run" in raw:
            found = insight.forecast(set_id, assumptions, new=resolve(against, card.thing_code, by=by), by=by)
    except DomainError as error:
        problem = error
    desks = found.desks if found else insight.list_desks(set_id, assumptions, by=by)
    options = choices(card.thing_code, by=by)
    return Compared(card, thing, options, against, None, desks, found, assumptions, problem)


def _proposals(by: Actor) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"proposal:{one.id}", _PROPOSAL.format(title=one.title, state=one.state_text))
        for one in authoring.list_proposals(by=by, states=OPEN)
    )


@dataclass(frozen=True, slots=True)
class ProposedExample:
    """A worked example on its way into a proposal."""

    proposal_id: UUID
    path: str
    text: str


def example_for(set_id: UUID, digest: str, against: str, *, by: Actor) -> ProposedExample:
    """Return the recording as an example under the proposal. Raises NothingToCompare, MendFirst, NoSuchRecording."""
    card = insight.get_set(set_id, by=by)
    thing = resolve(against, card.thing_code, by=by)
    kind, _, name = against.partition(":")
    if thing is None or kind != "proposal":
        raise NothingToCompare(field="against")
    made = insight.get_example(set_id, digest, thing=thing, by=by)
    return ProposedExample(UUID(name), made.path, made.text)
