"""What the window for other regions has before it: applications whose originals a clerk is to see."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.catalogue import queries as catalogue
from yijianshi.crossregion.logic.states import TEXTS, Stage
from yijianshi.crossregion.models import Passage
from yijianshi.exchange import queries as neighbours
from yijianshi.foundation import clock
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.identity.queries.organisations import SERVICE_OFFICE
from yijianshi.kernel.errors import Forbidden, NotFound
from yijianshi.kernel.text import Text

MOST = 200
_THIS = Text("这份跨域申请", "This application for another region")


class NotYourWindow(Forbidden):
    """异地代收窗口由政务服务大厅的工作人员使用。

    The window for other regions is used by the staff of the government service office.
    """


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One application at the window."""

    id: UUID
    number: str
    applicant: str
    thing: Text
    place: Text
    stage: Stage
    stage_text: Text
    forward_by: date | None
    is_late: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """One material whose original the clerk sees."""

    code: str
    name: Text
    files: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class WindowSheet:
    """One application with what the clerk compares."""

    row: WindowRow
    papers: tuple[Paper, ...]
    can_be_sent: bool


def may_receive(by: Actor) -> bool:
    """Say whether *by* works at a window for other regions: a clerk of the government service office."""
    if not by.is_staff or by.organisation_id is None or not by.has_role(Role.CLERK):
        return False
    return identity.get_organisation(by.organisation_id).kind == SERVICE_OFFICE


def list_at_window(*, by: Actor, at: datetime, number: str = "") -> list[WindowRow]:
    """Return what waits at the window, what is due first; with *number* that one, wherever it stands. Raises NotYourWindow."""
    if not may_receive(by):
        raise NotYourWindow
    rows = Passage.objects.filter(side=Passage.Side.ORIGIN)
    rows = rows.filter(about=number.strip().upper()) if number else rows.filter(stage=Stage.RECEIVED_AT_ORIGIN)
    return [_row(one, clock.today(at)) for one in rows.order_by("forward_by", "created_at")[:MOST]]


def get_at_window(passage_id: UUID, *, by: Actor, at: datetime) -> WindowSheet:
    """Return one application for the window; raises NotYourWindow, NotFound."""
    if not may_receive(by):
        raise NotYourWindow
    passage = Passage.objects.filter(id=passage_id, side=Passage.Side.ORIGIN).first()
    if passage is None:
        raise NotFound(what=_THIS)
    thing = catalogue.get_current(passage.thing_code, clock.today(at))[1]
    papers: dict[str, list[tuple[UUID, str]]] = {}
    for row in passage.files.filter(way="OUT", part="MATERIAL").order_by("material", "id"):
        if row.file_id:
            papers.setdefault(row.material, []).append((row.file_id, row.name))
    names = {code: thing.materials_by_code[code].name if code in thing.materials_by_code else Text(code, code) for code in papers}
    sheets = tuple(Paper(code, names[code], tuple(files)) for code, files in papers.items())
    return WindowSheet(_row(passage, clock.today(at)), sheets, passage.stage == Stage.RECEIVED_AT_ORIGIN)


def file_at_window(passage_id: UUID, file_id: UUID, *, by: Actor) -> UUID:
    """Return the file's id if it belongs to this application at the window; raises NotYourWindow, NotFound."""
    if not may_receive(by):
        raise NotYourWindow
    passage = Passage.objects.filter(id=passage_id, side=Passage.Side.ORIGIN, files__file_id=file_id).first()
    if passage is None:
        raise NotFound(what=_THIS)
    return file_id


def _row(one: Passage, today: date) -> WindowRow:
    card = neighbours.find_neighbour(one.peer)
    place = Text(card.entry.peer.name.zh, card.entry.peer.name.en) if card and card.entry.peer else Text(one.peer, one.peer)
    stage = Stage(one.stage)
    late = stage is Stage.RECEIVED_AT_ORIGIN and one.forward_by is not None and one.forward_by < today
    name = catalogue.find_published_name(one.thing_code) or Text(one.thing_code, one.thing_code)
    return WindowRow(
        one.id, one.about, one.applicant_label, name, place, stage, TEXTS[stage], one.forward_by, late, one.created_at
    )
