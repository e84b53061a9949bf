"""The home's side: taking in what another region received, as an ordinary application of ours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yijianshi.applications import commands as applications
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing
from yijianshi.crossregion.commands.parcels import (
    ToldWrongly,
    check_signature,
    expect,
    move,
    parse_files,
    sign,
)
from yijianshi.crossregion.events import FilesArrived
from yijianshi.crossregion.kept import CONTENT, opened, sealed
from yijianshi.crossregion.logic.custody import Given, handing_over
from yijianshi.crossregion.logic.states import JOINT, Stage
from yijianshi.crossregion.models import Passage
from yijianshi.crossregion.queries.locks import lock_passages
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.applying import Incoming
from yijianshi.foundation import clock, events, history
from yijianshi.foundation.ids import new_id
from yijianshi.identity import commands as people
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor, ActorKind, Role
from yijianshi.kernel.errors import DomainError, Forbidden, Invalid
from yijianshi.kernel.identifiers.masks import mask_name
from yijianshi.kernel.text import Text


class NotAPeer(Forbidden):
    """“{peer}”不是跨域办的合作地区，所以没有接收它送来的申请。

    "{peer}" is no region we have an agreement with, so its application was not received.
    """


class NotThisPerson(Invalid):
    """送来的姓名和身份证号与这里登记的不一致。请本人核对后重新提交。

    The name and ID number sent do not agree with what is registered here. Please check them and submit again.
    """


class NotOffered(Invalid):
    """“{thing}”在这里不接受异地申请。

    "{thing}" cannot be applied for here from another region.
    """


def take_custody(incoming: Sequence[Incoming], at: datetime) -> None:
    """Keep what the origin hands over, check its signature, and fetch the files; nothing is made of it before they are here."""
    for one in incoming:
        card = neighbours.find_neighbour(one.neighbour)
        if card is None or card.entry.peer is None:
            raise NotAPeer(peer=one.neighbour)
        _take_one(one, at)


def _take_one(one: Incoming, at: datetime) -> None:
    coming = parse_files(one.body.get("files"), one.neighbour, one.about)
    custody = one.body.get("custody")
    texts: dict[str, Any] = {name: one.body.get(name) for name in ("thing", "sha", "mode")}
    if not isinstance(custody, dict) or not all(isinstance(text, str) and len(text) <= 80 for text in texts.values()):
        raise ToldWrongly(peer=one.neighbour, about=one.about, why="thing, sha, mode, custody")
    given = [Given(file.material, file.digest, file.name) for file in coming]
    originals = [str(code)[:80] for code in custody.get("originals") or ()]
    parcel = str(custody.get("parcel") or "")[:60]
    text = handing_over(one.about, texts["thing"], texts["sha"], given, originals, parcel)
    signature = check_signature(text, custody.get("origin"), one.neighbour, one.about)
    name = str((one.body.get("applicant") or {}).get("name") or "")[:60]
    passage, is_new = Passage.objects.get_or_create(
        side=Passage.Side.HOME,
        peer=one.neighbour,
        about=one.about,
        defaults={
            "id": new_id(),
            "thing_code": texts["thing"],
            "mode": texts["mode"][:16],
            "stage": Stage.SENT,
            "applicant_label": mask_name(name) if name else "",
            "content": sealed(one.body, CONTENT),
            "custody": {"text": text, "originals": originals, "parcel": parcel, "origin": signature},
            "created_at": at,
            "updated_at": at,
            "looked_at": at,
        },
    )
    if is_new and expect(passage, coming, "MATERIAL", at=at) == 0:
        events.publish(FilesArrived(str(passage.id)))


@transaction.atomic
def take_in_arrived(passage_ids: Sequence[UUID], *, at: datetime) -> None:
    """Make the applications of passages whose files are here, and tell the origin: arrived, or returned with the reason."""
    for passage in lock_passages(passage_ids):
        if passage.side == Passage.Side.HOME and passage.stage == Stage.SENT:
            try:
                with transaction.atomic():
                    receipt, person_id = _apply(passage, at)
            except DomainError as error:
                return_to_origin(passage, _in_words(error), at=at)
            else:
                _arrived(passage, receipt, person_id, at)


def return_to_origin(passage: Passage, why: Any, *, at: datetime) -> None:
    """Send an application back that cannot be taken in, with the reason in words."""
    passage.problem = {"zh": why.zh, "en": why.en}
    history.record([move(passage, Stage.RETURNED, by=SYSTEM, at=at, reason=why.zh)])
    passage.content = ""
    passage.save()
    exchange.send([exchange.Parcel(passage.peer, "application.returned", passage.about, {"reason": passage.problem})], at=at)


def _in_words(error: DomainError) -> Text:
    """Return the reason; of an application that is not complete every open point, because the person mends it from afar."""
    if not isinstance(error, applications.NotReady):
        return Text(error.text.zh, error.text.en)
    points = [one.text for one in error.problems]
    return Text("".join(one.zh for one in points), " ".join(one.en for one in points))


def _arrived(passage: Passage, receipt: applications.Receipt, person_id: UUID, at: datetime) -> None:
    passage.application_id, passage.home_number, passage.person_id = receipt.application_id, receipt.number, person_id
    passage.content = ""  # it is an application now; nothing is kept twice
    passage.custody = {**passage.custody, "home": sign(passage.custody["text"], at=at)}
    history.record([move(passage, Stage.ARRIVED_AT_HOME, by=SYSTEM, at=at)])
    passage.looked_at = at
    passage.save()
    body = {"number": receipt.number, "receipt": passage.custody["home"], "by": settings.EXCHANGE_NAME}
    exchange.send([exchange.Parcel(passage.peer, "application.arrived", passage.about, body)], at=at)


def _apply(passage: Passage, at: datetime) -> tuple[applications.Receipt, UUID]:
    body = opened(passage.content, CONTENT)
    form, sha = _mapping(body.get("form"), passage), str(body["sha"])
    if passage.mode == JOINT:
        thing = _decided_here(passage, body, at)
        form, sha = _known(thing, form), thing.sha
    else:
        thing = _offered(passage, body, at)
    person_id = _person(body.get("applicant") or {}, at)
    by = acting_as(person_id, _region(body, thing))
    files: dict[str, list[UUID]] = {}
    for row in passage.files.filter(way="IN", part="MATERIAL").order_by("id"):
        if row.file_id:
            files.setdefault(row.material, []).append(row.file_id)
    handed = applications.HandedOver(
        key=f"{passage.peer}:{passage.about}",
        thing=thing.code,
        sha=sha,
        facts=form,
        declined=[str(one) for one in body.get("declined") or ()],
        choices=_mapping(body.get("choices"), passage),
        files=files,
        letters=[str(one) for one in body.get("letters") or ()],
    )
    return applications.take_in(handed, by=by, at=at), person_id


def acting_as(person_id: UUID, region: str) -> Actor:
    """Return the applicant as an actor, where the house acts on what they told another region."""
    name = identity.get_person(person_id, SYSTEM).name
    return Actor(kind=ActorKind.PERSON, person_id=person_id, region=region, roles=frozenset({Role.CITIZEN}), name=name)


def _offered(passage: Passage, body: dict[str, Any], at: datetime) -> CompiledThing:
    peer = neighbours.get_neighbour(passage.peer).entry.peer
    found = catalogue.list_travelling(peer.things if peer else (), clock.today(at)).get(str(body["thing"]))
    if peer is None or found is None:
        raise NotOffered(thing=str(body["thing"])[:80])
    return found[1]


def _decided_here(passage: Passage, body: dict[str, Any], at: datetime) -> CompiledThing:
    """Return our own version of the one item; raises NotOffered for an item the agreement does not name."""
    peer = neighbours.get_neighbour(passage.peer).entry.peer
    code = str(body["thing"]).removeprefix(SINGLE_PREFIX)
    if peer is None or code not in peer.items:
        raise NotOffered(thing=code[:80])
    return catalogue.get_current(f"{SINGLE_PREFIX}{code}", clock.today(at))[1]


def _known(thing: CompiledThing, form: dict[str, Any]) -> dict[str, Any]:
    """Return what our own form of the item asks; the leading place may know more than we need."""
    return {name: value for name, value in form.items() if name in thing.elements_by_name}


def _region(body: dict[str, Any], thing: CompiledThing) -> str:
    """Return the place of ours it is addressed to, the thing's own region when what was sent is no such place."""
    asked = str(body.get("region") or "")
    return asked if len(asked) == 6 and asked.isdecimal() and asked[:2] == thing.region[:2] else thing.region


def _person(applicant: dict[str, Any], at: datetime) -> UUID:
    """Return who applies: known here already, or registered now on the word of the origin, which checked who it is."""
    name, number = str(applicant.get("name") or "").strip(), str(applicant.get("id_number") or "").strip()
    if not name or not number or len(name) > 60:
        raise NotThisPerson
    known = identity.find_person_by_id_number(number, SYSTEM)
    if known is not None:
        if known.name != name:
            raise NotThisPerson
        return known.id
    new = people.NewPerson(
        name=name,
        id_number=number,
        region_code=str(applicant.get("region") or "")[:6],
        phone=str(applicant.get("phone") or "")[:20],
        address=str(applicant.get("address") or "")[:200],
    )
    return people.register_person(new, by=SYSTEM, at=at)


def _mapping(found: Any, passage: Passage) -> dict[str, Any]:
    if found is not None and not isinstance(found, dict):
        raise ToldWrongly(peer=passage.peer, about=passage.about, why=Text("表单", "form"))
    return found or {}
