"""The home's side: telling the origin where the application stands, whenever its cases have moved, and giving it the results."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.cases import queries as cases
from yijianshi.cases.queries.views import CorrectionNotice, Progress, Station
from yijianshi.certificates import commands as issuing
from yijianshi.certificates import queries as certificates
from yijianshi.crossregion.commands.arrive import acting_as
from yijianshi.crossregion.commands.joint import tell_steps
from yijianshi.crossregion.commands.parcels import announce, check_signature, hold, move
from yijianshi.crossregion.logic.custody import results
from yijianshi.crossregion.logic.states import JOINT, Stage, stage_of
from yijianshi.crossregion.models import Passage
from yijianshi.crossregion.queries.locks import lease_looks, lock_passages, lock_thread
from yijianshi.exchange import commands as exchange
from yijianshi.exchange.applying import Incoming
from yijianshi.foundation import files, history
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.text import Text

REST = timedelta(seconds=1)


def tell_moved(peer: str, most: int, *, at: datetime) -> int:
    """Tell this origin of those of its applications whose cases have moved since it was told last; return how many."""
    with transaction.atomic():
        ids = lease_looks(peer, most, before=at - REST, at=at)
    told = 0
    for passage_id in ids:
        told += tell_one(passage_id, at=at)
    return told


@transaction.atomic
def tell_one(passage_id: UUID, *, at: datetime) -> bool:
    """Tell the origin where one application stands, if that is new; return whether it was."""
    (passage,) = lock_passages([passage_id])
    if passage.application_id is None or passage.person_id is None or passage.ended_at is not None:
        return False
    if passage.mode == JOINT:
        return tell_steps(passage, at=at)
    now = cases.revision_of(passage.application_id)
    if now == passage.told:
        return False
    by = acting_as(passage.person_id, "")
    progress = cases.progress(passage.application_id, by=by, at=at)
    stage = stage_of([station.state for station in progress.stations])
    lines = [move(passage, stage, by=SYSTEM, at=at)] if stage is not Stage(passage.stage) else []
    given = [announce(row) for row in _results(passage, progress.stations, by, at)]
    notice = cases.open_corrections(passage.application_id, by=by)
    body = {"stage": stage, "number": progress.number, "problem": passage.problem, "files": given}
    body |= _standing(progress) | {"corrections": _corrections(notice) if notice else None}
    passage.told, passage.problem, passage.updated_at = now, None, at
    passage.save()
    history.record(lines)
    exchange.send([exchange.Parcel(passage.peer, "application.told", passage.about, body)], at=at)
    return True


def hear_received(incoming: Sequence[Incoming], at: datetime) -> None:
    """The origin has the results and signs for them: nothing is left to do here."""
    for one in incoming:
        passage = lock_thread(Passage.Side.HOME, one.neighbour, [one.about])[one.about]
        held = [row.digest for row in passage.files.filter(way="OUT", part="RESULT")]
        signature = check_signature(results(one.about, held), one.body.get("receipt"), one.neighbour, one.about)
        passage.custody = {**passage.custody, "results": signature}
        lines = [move(passage, stage, by=SYSTEM, at=at) for stage in (Stage.RESULT_SENT, Stage.HANDED_OVER)]
        passage.save()
        history.record(lines)


def _results(passage: Passage, stations: Sequence[Station], by: Actor, at: datetime) -> list[Any]:
    """Hold the documents of all certificates issued so far, each made once."""
    known = {row.material: row for row in passage.files.filter(way="OUT", part="RESULT")}
    for certificate_id in [one for station in stations for one in station.certificate_ids]:
        if str(certificate_id) not in known:
            card = certificates.get_certificate(certificate_id, by)
            made = files.store(issuing.get_file(card.id, "PDF", by=SYSTEM, at=at), name=f"{card.name.zh}.pdf", by=SYSTEM, at=at)
            more = {"title": card.name.to_json(), "note": certificates.verification_url(card)[:300]}
            known[str(certificate_id)] = hold(passage, "RESULT", str(certificate_id), made.id, at=at, **more)
    return sorted(known.values(), key=lambda row: row.id)


def _standing(progress: Progress) -> dict[str, Any]:
    return {
        "state": progress.overall_text.to_json(),
        "next_step": progress.next_step.to_json(),
        "promised_on": progress.promised_on,
        "promised_certain": progress.promised_certain,
        "stations": [_station(one) for one in progress.stations],
    }


def _station(one: Station) -> dict[str, Any]:
    texts: dict[str, Text] = {
        "name": one.item_name,
        "department": one.department,
        "state": one.state_text,
        "explains": one.explains,
        "turn": one.whose_turn,
    }
    found: dict[str, Any] = {name: text.to_json() for name, text in texts.items()}
    found |= {"item": one.item_code, "phone": one.department_phone, "due_on": one.due_on, "due_certain": one.due_certain}
    if one.decision is not None:
        remedies = [text.to_json() for text in one.decision.remedies]
        found["decision"] = {**asdict(one.decision), "remedies": remedies}
    return found


def _corrections(notice: CorrectionNotice) -> dict[str, Any]:
    entries = [
        {
            "kind": one.kind,
            "name": one.name,
            "label": one.label.to_json(),
            "text": one.text,
            "item": one.item_name.to_json(),
            "department": one.department.to_json(),
        }
        for one in notice.entries
    ]
    return {"respond_by": notice.respond_by, "entries": entries}
