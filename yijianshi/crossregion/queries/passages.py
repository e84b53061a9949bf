"""Where an application for another region stands, for the person it belongs to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.crossregion.kept import CONTENT, opened
from yijianshi.crossregion.logic.states import TEXTS, Stage
from yijianshi.crossregion.models import Passage, PassageFile
from yijianshi.exchange import queries as neighbours
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

_THIS = Text("这份跨域申请", "This application for another region")
_FILE = Text("这份文件", "This file")
_NOTHING = Text("—", "—")


@dataclass(frozen=True, slots=True)
class Asked:
    """One point another region wants corrected."""

    kind: str
    name: str
    label: Text
    text: str
    item: Text
    department: Text


@dataclass(frozen=True, slots=True)
class Stop:
    """One item at the other place, as that place tells it."""

    name: Text
    department: Text
    phone: str
    state: Text
    explains: Text | None
    due_on: date | None
    due_certain: bool
    decision: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Result:
    """A document of the other place; ``file_id`` is None while it is on its way."""

    file_id: UUID | None
    title: Text
    check_at: str


@dataclass(frozen=True, slots=True)
class Journey:
    """The whole way of one application."""

    application_id: UUID
    number: str
    home_number: str
    title: Text
    place: Text
    mode: str
    stage: Stage
    stage_text: Text
    next_step: Text | None
    problem: Text | None
    promised_on: date | None
    promised_certain: bool
    stops: tuple[Stop, ...]
    asked: tuple[Asked, ...]
    answered: bool
    respond_by: date | None
    results: tuple[Result, ...]
    custody: Mapping[str, Any] = field(repr=False)
    forward_by: date | None
    submitted_at: datetime
    updated_at: datetime


def place_of(peer: str) -> Text:
    """Return what people call the region a peer is responsible for."""
    card = neighbours.find_neighbour(peer)
    name = card.entry.peer.name if card and card.entry.peer else None
    return Text(name.zh, name.en) if name else Text(peer, peer)


def region_of(peer: str) -> str:
    """Return the code of the region a peer is responsible for, empty for one that is none."""
    card = neighbours.find_neighbour(peer)
    return card.entry.peer.region if card and card.entry.peer else ""


def get_journey(application_id: UUID, *, by: Actor) -> Journey:
    """Return the way of the actor's application; raises NotFound for a stranger's, or one that went nowhere."""
    card = applications.get_application(application_id, by=by)
    passage = Passage.objects.filter(side=Passage.Side.ORIGIN, application_id=card.id).first() or _not_yet(card)
    if passage is None or card.submitted_at is None:
        raise NotFound(what=_THIS)
    told, stage = opened(passage.content, CONTENT), Stage(passage.stage)
    corrections = told.get("corrections") or {}
    return Journey(
        application_id=card.id,
        number=passage.about,
        home_number=passage.home_number,
        title=card.title,
        place=place_of(passage.peer),
        mode=passage.mode,
        stage=stage,
        stage_text=TEXTS[stage],
        next_step=_text(told.get("next_step")),
        problem=_text(passage.problem),
        promised_on=_day(told.get("promised_on")),
        promised_certain=bool(told.get("promised_certain")),
        stops=tuple(_stop(one) for one in _list(told.get("stations"))),
        asked=tuple(asked_of(passage)) if stage is Stage.CORRECTION and not passage.answer else (),
        answered=bool(passage.answer) and stage is Stage.CORRECTION,
        respond_by=_day(corrections.get("respond_by")),
        results=tuple(map(_result, PassageFile.objects.filter(passage=passage.id, way="IN", part="RESULT").order_by("id"))),
        custody=passage.custody,
        forward_by=passage.forward_by,
        submitted_at=card.submitted_at,
        updated_at=passage.updated_at,
    )


def stages_of(application_ids: Collection[UUID]) -> dict[UUID, tuple[Stage, Text]]:
    """Return application → its stage and the words for it, for lists; the caller owns the applications."""
    rows = Passage.objects.filter(side=Passage.Side.ORIGIN, application_id__in=application_ids)
    return {
        application_id: (Stage(stage), TEXTS[Stage(stage)])
        for application_id, stage in rows.values_list("application_id", "stage")
        if application_id
    }


def result_file(application_id: UUID, file_id: UUID, *, by: Actor) -> UUID:
    """Return the file's id if it is a result of the actor's application; raises NotFound."""
    card = applications.get_application(application_id, by=by)
    rows = PassageFile.objects.filter(passage__application_id=card.id, passage__side=Passage.Side.ORIGIN)
    if not rows.filter(way="IN", part="RESULT", file_id=file_id).exists():
        raise NotFound(what=_FILE)
    return file_id


def held_file(peer: str, about: str, digest: str) -> UUID | None:
    """Return the stored file we hold for this peer in this thread under that digest, None where there is none."""
    rows = PassageFile.objects.filter(passage__peer=peer, passage__about=about, way="OUT", digest=digest)
    return rows.values_list("file_id", flat=True).first()


def asked_of(passage: Passage) -> list[Asked]:
    """Return what the other region wants corrected, as it was told last."""
    corrections = opened(passage.content, CONTENT).get("corrections") or {}
    return [
        Asked(
            kind="material" if one.get("kind") == "material" else "field",
            name=str(one.get("name") or "")[:120],
            label=_text(one.get("label")) or _NOTHING,
            text=str(one.get("text") or "")[:2_000],
            item=_text(one.get("item")) or _NOTHING,
            department=_text(one.get("department")) or _NOTHING,
        )
        for one in _list(corrections.get("entries"))
    ]


def _not_yet(card: applications.ApplicationCard) -> Passage | None:
    """Return a passage not yet opened: it is, moments after the submission."""
    if not peer_of(card.thing_code) or card.submitted_at is None:
        return None
    return Passage(
        id=card.id,
        side=Passage.Side.ORIGIN,
        peer=peer_of(card.thing_code),
        about=card.number or "",
        stage=Stage.SENT,
        home_number="",
        content="",
        answer="",
        updated_at=card.submitted_at,
    )


def _stop(one: Mapping[str, Any]) -> Stop:
    decision = one.get("decision")
    return Stop(
        name=_text(one.get("name")) or _NOTHING,
        department=_text(one.get("department")) or _NOTHING,
        phone=str(one.get("phone") or "")[:40],
        state=_text(one.get("state")) or _NOTHING,
        explains=_text(one.get("explains")),
        due_on=_day(one.get("due_on")),
        due_certain=bool(one.get("due_certain")),
        decision=decision if isinstance(decision, dict) and decision.get("outcome") != "APPROVED" else None,
    )


def _result(row: PassageFile) -> Result:
    safe = row.note if row.note.startswith(("https://", "http://")) else ""
    return Result(row.file_id, _text(row.title) or Text(row.name, row.name), safe)


def _text(found: Any) -> Text | None:
    if not isinstance(found, dict) or not (found.get("zh") or found.get("en")):
        return None
    zh, en = str(found.get("zh") or ""), str(found.get("en") or "")
    return Text((zh or en)[:2_000], (en or zh)[:2_000])


def _day(found: Any) -> date | None:
    try:
        return date.fromisoformat(str(found)[:10]) if found else None
    except ValueError:
        return None


def _list(found: Any) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
