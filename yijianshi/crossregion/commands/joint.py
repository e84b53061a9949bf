"""多地联办: one application, one place in the lead, and an item of it decided where it belongs.

The lead keeps the case and its clock towards the applicant; the other place makes an ordinary single-item application of it and
answers with the messages any department's own system sends (docs/reference/exchange-protocol.md).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.cases import commands as cases
from yijianshi.cases import queries as joint
from yijianshi.cases.logic.states import OPEN, State
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX
from yijianshi.certificates import commands as issuing
from yijianshi.certificates import queries as certificates
from yijianshi.crossregion.commands.arrive import acting_as
from yijianshi.crossregion.commands.parcels import announce, hold, move, sign
from yijianshi.crossregion.logic.custody import Given, handing_over
from yijianshi.crossregion.logic.states import JOINT, Stage, stage_of
from yijianshi.crossregion.models import Passage
from yijianshi.crossregion.queries.locks import lock_thread
from yijianshi.exchange import commands as exchange
from yijianshi.exchange.applying import Incoming
from yijianshi.foundation import files, history
from yijianshi.foundation.ids import new_id
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.text import Text

_VOUCHES = Text("材料核验说明", "Statement on a material")


class OnlyForPersons(Conflict):
    """办件 {number} 的申请人是企业，目前还不能交给外地联办。请与对方商量怎样办理。

    The applicant of case {number} is an enterprise, whose items cannot be handled jointly with another region yet. Please agree
    with them how to handle it.
    """


@transaction.atomic
def send_cases(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Hand the cases that belong elsewhere over to the deployment of that place, each once; return how many."""
    found = joint.list_joint(case_ids, joint.UNDER_WAY)
    known = set(Passage.objects.filter(about__in=[one.number for one in found], mode=JOINT).values_list("about", flat=True))
    fresh = [one for one in found if one.number not in known]
    for one in fresh:
        _send(one, at)
    return len(fresh)


@transaction.atomic
def send_corrected(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Send what the applicant corrected after the cases that were handed over; return how many."""
    found = joint.list_joint(case_ids, frozenset({State.RECEIVED}))
    for one in found:
        passage = lock_thread(Passage.Side.ORIGIN, one.peer, [one.number]).get(one.number)
        if passage is not None:
            held = _hold(passage, one, "CORRECTION", at)
            body = {**one.body, "values": one.body["facts"], "files": held}
            exchange.send([exchange.Parcel(one.peer, "case.corrected", one.number, body)], at=at)
    return len(found)


def tell_steps(passage: Passage, *, at: datetime) -> bool:
    """Tell the lead every step of its case that it was not told yet; return whether anything moved. The passage is locked."""
    assert passage.application_id is not None
    assert passage.person_id is not None
    steps = joint.steps_of(passage.application_id, after=int(passage.told or 0))
    states = [one.state for one in joint.progress(passage.application_id, by=acting_as(passage.person_id, ""), at=at).stations]
    over = bool(states) and not any(state in OPEN for state in states)
    if not steps and not over:
        return False
    exchange.send([exchange.Parcel(passage.peer, one.kind, passage.about, one.body) for one in steps], at=at)
    lines = [move(passage, stage, by=SYSTEM, at=at) for stage in _stages(passage, states, over=over)]
    if steps:
        passage.told = str(steps[-1].line)
    passage.save()
    history.record(lines)
    return True


def hear_withdrawn(incoming: Sequence[Incoming], at: datetime) -> None:
    """The applicant took it back at the lead: it is withdrawn here too, unless it is over already."""
    for one in incoming:
        passage = lock_thread(Passage.Side.HOME, one.neighbour, [one.about]).get(one.about)
        if passage is None or passage.application_id is None or passage.person_id is None:
            continue
        try:
            cases.withdraw(passage.application_id, by=acting_as(passage.person_id, ""), at=at, reason="申请人在牵头地撤回")
        except cases.NothingToWithdraw:
            continue


def _send(one: joint.JointCase, at: datetime) -> None:
    person_id = one.holders["applicant"]
    if "enterprise" in one.holders:
        raise OnlyForPersons(number=one.number)
    thing = f"{SINGLE_PREFIX}{one.item_code}"
    passage = Passage.objects.create(
        id=new_id(),
        side=Passage.Side.ORIGIN,
        peer=one.peer,
        about=one.number,
        person_id=person_id,
        thing_code=thing,
        mode=JOINT,
        stage=Stage.RECEIVED_AT_ORIGIN,
        applicant_label=one.body["applicant"]["name"],
        created_at=at,
        updated_at=at,
        looked_at=at,
    )
    held = _hold(passage, one, "MATERIAL", at)
    text = handing_over(one.number, thing, "", [Given(row["material"], row["digest"], row["name"]) for row in held], [], "")
    passage.custody = {"text": text, "originals": [], "parcel": "", "origin": sign(text, at=at)}
    history.record([move(passage, stage, by=SYSTEM, at=at) for stage in (Stage.FORMAL_CHECKED, Stage.SENT)])
    passage.save()
    person = identity.get_person(person_id, SYSTEM)
    body = one.body | {
        "thing": thing,
        "sha": "",
        "mode": JOINT,
        "proof": "LOGGED_IN",
        "applicant": {
            "name": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
            "address": person.address,
            "region": person.region_code,
        },
        "form": one.body["facts"],
        "files": held,
        "custody": passage.custody,
    }
    exchange.send([exchange.Parcel(one.peer, "case.handed_over", one.number, body)], at=at)


def _hold(passage: Passage, one: joint.JointCase, part: str, at: datetime) -> list[dict[str, Any]]:
    """Hold the files of the case's materials, and return those new to the other place.

    For a paper nobody handed in, what stands for it goes along in words.
    """
    rows, before = [], set(passage.files.filter(way="OUT").values_list("material", "digest"))
    for paper in one.papers:
        ids = list(paper.files)
        for card in (certificates.get_certificate(ref, SYSTEM) for ref in paper.certificates):
            ids.append(
                files.store(issuing.get_file(card.id, "PDF", by=SYSTEM, at=at), name=f"{card.name.zh}.pdf", by=SYSTEM, at=at).id
            )
        if paper.instead is not None and not before:
            note = certificates.render_note(_VOUCHES, [(paper.name, paper.instead)], one.number, at=at)
            ids.append(files.store(note, name=f"{paper.name.zh}.pdf", by=SYSTEM, at=at).id)
        rows += [hold(passage, part, paper.code, file_id, at=at) for file_id in ids]
    return [announce(row) for row in rows if (row.material, row.digest) not in before]


def _stages(passage: Passage, states: Sequence[State], *, over: bool) -> list[Stage]:
    now = stage_of(states)
    way = [now] if now is not Stage(passage.stage) else []
    return [*way, Stage.HANDED_OVER] if over else way
