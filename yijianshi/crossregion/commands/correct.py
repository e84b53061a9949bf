"""Corrections between regions: answered where the person is, taken over where the work is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications import queries as applications
from yijianshi.cases import commands as cases
from yijianshi.cases.queries import open_corrections
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.values import decode_answer, encode
from yijianshi.crossregion.commands.arrive import acting_as
from yijianshi.crossregion.commands.parcels import announce, expect, hold, parse_files
from yijianshi.crossregion.events import FilesArrived
from yijianshi.crossregion.kept import ANSWER, opened, sealed
from yijianshi.crossregion.logic.states import Stage
from yijianshi.crossregion.models import Passage
from yijianshi.crossregion.queries.locks import lock_for_application, lock_passages, lock_thread
from yijianshi.crossregion.queries.passages import asked_of
from yijianshi.exchange import commands as exchange
from yijianshi.exchange.applying import Incoming
from yijianshi.foundation import events, files
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, DomainError, Invalid


class NothingAsked(Conflict):
    """目前没有需要您补正的内容。可能已经提交过了，请看办理进度。

    There is nothing for you to correct at present. It may have been answered already; please see the progress page.
    """


class PointOpen(Invalid):
    """还没有补正：{label}。请补齐后一次提交。

    Still open: {label}. Please complete it and send everything together.
    """


@transaction.atomic
def answer_elsewhere(
    application_id: UUID, values: Mapping[str, Any], uploads: Mapping[str, Sequence[Any]], *, by: Actor, at: datetime
) -> None:
    """Send the answer to all corrections another region asks for: raw *values* by field, *uploads* by material.

    Raises NothingAsked, PointOpen, Invalid for an unreadable value, or a file's refusal.
    """
    card = applications.get_application(application_id, by=by)
    passage = lock_for_application(application_id)
    if passage is None or passage.stage != Stage.CORRECTION or passage.answer:
        raise NothingAsked
    thing = catalogue.get_version(card.version_id)
    told: dict[str, Any] = {}
    held = []
    for entry in asked_of(passage):
        if entry.kind == "field":
            if values.get(entry.name) in (None, "", [], [""]):
                raise PointOpen(label=entry.label, field=entry.name)
            told[entry.name] = encode(decode_answer(thing, entry.name, values[entry.name]))
        else:
            if not uploads.get(entry.name):
                raise PointOpen(label=entry.label, field=entry.name)
            for upload in uploads[entry.name]:
                stored = files.store(upload, name=upload.name or "", declared_type=upload.content_type or "", by=by, at=at)
                held.append(hold(passage, "CORRECTION", entry.name, stored.id, at=at))
    passage.answer, passage.updated_at = sealed(told, ANSWER), at
    passage.save()
    body = {"values": told, "files": [announce(row) for row in held]}
    exchange.send([exchange.Parcel(passage.peer, "application.corrected", passage.about, body)], at=at)


def hear_corrected(incoming: Sequence[Incoming], at: datetime) -> None:
    """Keep an answer to corrections until its files are here."""
    for one in incoming:
        passage = lock_thread(Passage.Side.HOME, one.neighbour, [one.about])[one.about]
        coming = parse_files(one.body.get("files"), one.neighbour, one.about)
        values = one.body.get("values")
        passage.answer = sealed({"values": values if isinstance(values, dict) else {}, "files": one.body.get("files")}, ANSWER)
        passage.save()
        if expect(passage, coming, "CORRECTION", at=at) == 0:
            events.publish(FilesArrived(str(passage.id)))


@transaction.atomic
def take_over_answers(passage_ids: Sequence[UUID], *, at: datetime) -> None:
    """Give the answers whose files are here to the departments; what they do not take is told to the origin with the reason."""
    for passage in lock_passages(passage_ids):
        if passage.side != Passage.Side.HOME or not passage.answer or passage.application_id is None:
            continue
        if passage.files.filter(way="IN", part="CORRECTION", file_id=None).exists():
            continue
        try:
            with transaction.atomic():
                _take_over(passage, at)
        except DomainError as error:
            passage.problem, passage.told = {"zh": error.text.zh, "en": error.text.en}, ""
        passage.answer = ""
        passage.save()


def _take_over(passage: Passage, at: datetime) -> None:
    assert passage.application_id is not None
    assert passage.person_id is not None
    content = opened(passage.answer, ANSWER)
    announced = {(one.material, one.digest) for one in parse_files(content["files"], passage.peer, passage.about)}
    by = acting_as(passage.person_id, "")
    asked = _asked_here(passage.application_id, by)
    for row in passage.files.filter(way="IN", part="CORRECTION").order_by("id"):
        if row.file_id and (row.material, row.digest) in announced and row.material in asked:
            cases.attach_correction(
                application_id=passage.application_id, material=row.material, file_ids=[row.file_id], by=by, at=at
            )
    values = {name: value for name, value in content["values"].items() if name in asked}
    answer = cases.CorrectionAnswer(application_id=passage.application_id, values=values)
    cases.answer_corrections(answer, by=by, at=at)


def _asked_here(application_id: UUID, by: Actor) -> set[str]:
    """Return the names our departments asked for: a joint case comes with all it has, and only this is taken over."""
    notice = open_corrections(application_id, by=by)
    return {entry.name for entry in notice.entries} if notice else set()
