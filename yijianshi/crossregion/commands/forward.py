"""The origin's side: bringing a submitted application to the region where it belongs, through a window where one is needed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications import queries as applications
from yijianshi.catalogue.logic.elsewhere import ONLINE, code_there, mode_of, peer_of
from yijianshi.certificates import commands as issuing
from yijianshi.certificates import queries as certificates
from yijianshi.crossregion.commands.parcels import announce, hold, move, sign
from yijianshi.crossregion.logic.custody import Given, handing_over
from yijianshi.crossregion.logic.states import Stage
from yijianshi.crossregion.models import Passage, PassageFile
from yijianshi.crossregion.queries.locks import lock_passages
from yijianshi.crossregion.queries.windows import may_receive
from yijianshi.exchange import commands as exchange
from yijianshi.foundation import calendars, clock, files, history
from yijianshi.foundation.ids import new_id
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Forbidden, Invalid, NotFound
from yijianshi.kernel.text import Text

FORWARD_WORKING_DAYS = 1  # [D] handbook chapter 8: the window sends on the same or the next working day
_NO_PASSAGE = Text("这份跨域申请", "This application for another region")


class NotTheWindow(Forbidden):
    """异地代收由政务服务大厅的窗口人员办理。

    Receiving for another region is done by the clerks of the government service office.
    """


class IdentityNotChecked(Invalid):
    """请先核对本人身份证件，再勾选“已核对”。

    Please check the person's identity document first, then tick "checked".
    """


class OriginalsMissing(Invalid):
    """还有 {count} 份材料没有核对原件：{names}。请逐份核对后勾选。

    The originals of {count:material|materials} have not been seen: {names}. Please look at each and tick it.
    """


@transaction.atomic
def open_passages(application_ids: Sequence[UUID], *, at: datetime) -> list[UUID]:
    """Open a passage for each of these submitted applications and send those that need no window; return the new ones."""
    known = set(Passage.objects.filter(application_id__in=application_ids).values_list("application_id", flat=True))
    made = []
    for sent in applications.list_forwarded([one for one in application_ids if one not in known], by=SYSTEM):
        mode = mode_of(sent.thing, sent.items)
        passage = Passage.objects.create(
            id=new_id(),
            side=Passage.Side.ORIGIN,
            peer=peer_of(sent.thing.code),
            about=sent.number,
            application_id=sent.id,
            person_id=sent.person_id,
            thing_code=sent.thing.code,
            mode=mode,
            stage=Stage.RECEIVED_AT_ORIGIN,
            applicant_label=sent.applicant_label,
            forward_by=calendars.national().try_add_working_days(clock.today(at), FORWARD_WORKING_DAYS),
            created_at=at,
            updated_at=at,
            looked_at=at,
        )
        _hold_materials(passage, sent, at)
        if mode == ONLINE:
            _send(passage, sent, (), "", SYSTEM, at)
        made.append(passage.id)
    return made


@transaction.atomic
def receive_at_window(
    passage_id: UUID, *, identity_checked: bool, originals: Collection[str], parcel: str = "", by: Actor, at: datetime
) -> None:
    """Write down that a clerk checked the person and saw the originals, and send everything on.

    *originals* are material codes, *parcel* the number under which papers are posted, empty when only files travel. Raises
    NotTheWindow, IdentityNotChecked, OriginalsMissing, WrongStage.
    """
    if not may_receive(by):
        raise NotTheWindow
    passage = next(iter(lock_passages([passage_id])), None)
    if passage is None or passage.side != Passage.Side.ORIGIN or passage.application_id is None:
        raise NotFound(what=_NO_PASSAGE)
    if not identity_checked:
        raise IdentityNotChecked(field="identity")
    (sent,) = applications.list_forwarded([passage.application_id], by=SYSTEM)
    needed = {row.material for row in passage.files.filter(way="OUT", part="MATERIAL")}
    missing = [sent.thing.materials_by_code[code].name for code in sorted(needed - set(originals))]
    if missing:
        names = Text("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
        raise OriginalsMissing(count=len(missing), names=names, field="originals")
    history.record([move(passage, Stage.FORMAL_CHECKED, by=by, at=at, reason=parcel)])
    _send(passage, sent, sorted(needed), parcel.strip()[:60], by, at)


def _hold_materials(passage: Passage, sent: applications.Forwarded, at: datetime) -> None:
    """Hold every file handed in, and of every e-certificate used the document itself, for the home to fetch."""
    for one in applications.materials_of(sent.id):
        for file in one.files:
            hold(passage, "MATERIAL", one.code, UUID(file["id"]), at=at)
        for ref in one.evidence.get("refs", ()) if one.satisfier == "E_CERTIFICATE" else ():
            card = certificates.get_certificate(UUID(ref), SYSTEM)
            made = files.store(issuing.get_file(card.id, "PDF", by=SYSTEM, at=at), name=f"{card.name.zh}.pdf", by=SYSTEM, at=at)
            hold(passage, "MATERIAL", one.code, made.id, at=at)


def _send(passage: Passage, sent: applications.Forwarded, originals: Sequence[str], parcel: str, by: Actor, at: datetime) -> None:
    held = list(passage.files.filter(way="OUT", part="MATERIAL").order_by("material", "digest"))
    thing = code_there(sent.thing.code)
    given = [Given(row.material, row.digest, row.name) for row in held]
    text = handing_over(passage.about, thing, sent.thing.sha, given, originals, parcel)
    passage.custody = {"text": text, "originals": list(originals), "parcel": parcel, "origin": sign(text, at=at)}
    lines = [] if passage.stage == Stage.FORMAL_CHECKED else [move(passage, Stage.FORMAL_CHECKED, by=by, at=at)]
    history.record([*lines, move(passage, Stage.SENT, by=by, at=at)])
    passage.save()
    body = _body(passage, sent, held)
    exchange.send([exchange.Parcel(passage.peer, "application.handed_over", passage.about, body)], at=at)


def _body(passage: Passage, sent: applications.Forwarded, held: Sequence[PassageFile]) -> dict[str, Any]:
    person = identity.get_person(sent.person_id, SYSTEM)
    return {
        "number": passage.about,
        "thing": code_there(sent.thing.code),
        "sha": sent.thing.sha,
        "region": sent.region,
        "mode": passage.mode,
        "submitted_at": sent.submitted_at,
        "proof": "WINDOW" if passage.custody["originals"] else "LOGGED_IN",
        "applicant": {
            "name": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
            "address": person.address,
            "region": person.region_code,
        },
        "form": sent.facts,
        "declined": list(sent.declined),
        "choices": {code: way for code, way in sent.choices.items() if way in ("DEFERRED", "COMMITMENT")},
        "letters": list(sent.letters),
        "files": [announce(row) for row in held],
        "custody": passage.custody,
    }
