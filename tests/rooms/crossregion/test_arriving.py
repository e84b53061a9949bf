"""What another region hands over becomes an ordinary application here, or comes back with the reason; never twice."""

import hashlib
from base64 import b64decode
from datetime import date
from typing import Any

import pytest

from tests.rooms.crossregion import acts
from tests.rooms.exchange.acts import body_of
from tests.town import newborn
from tests.town.people import MONDAY, Town
from tests.town.tampering import told_of
from yijianshi.applications.models import Application
from yijianshi.catalogue import queries as catalogue
from yijianshi.crossregion.commands import fetch, tell
from yijianshi.crossregion.entrance.answering import part_of_file, which_things
from yijianshi.crossregion.models import Passage, PassageFile
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.models import Outgoing, Received
from yijianshi.foundation import clock
from yijianshi.identity.models import Person
from yijianshi.kernel.errors import DomainError, Forbidden
from yijianshi.kernel.identifiers.id_number import make_id_number


def one_file() -> dict[str, Any]:
    content = newborn.one_pixel_png()
    digest = hashlib.sha256(content).hexdigest()
    return {"material": "applicant-id-card", "digest": digest, "name": "a.png", "mime": "image/png", "size": len(content)}


def arrive(**changes: Any) -> None:
    """Hand over with the one file the thing needs, and fetch it."""
    acts.come(acts.told("application.handed_over", acts.handed_over(files=[one_file()], **changes)))
    (due,) = fetch.due_files("luoyang", 5, at=acts.LATER)
    assert fetch.note_fetched(due, newborn.one_pixel_png(), at=acts.LATER)
    newborn.deliver_events()


def said(kind: str) -> dict[str, Any]:
    return body_of(Outgoing.objects.get(kind=kind))


def test_it_is_taken_in_once_for_the_person_known_here(town: Town) -> None:
    arrive()
    application = Application.objects.get(channel="crossregion")
    assert (application.applicant_id, application.state) == (town.wang_fang.person_id, "SUBMITTED")
    found = acts.passage()
    assert (found.stage, found.home_number, found.content) == ("ARRIVED_AT_HOME", application.number, "")
    assert "的 stage 与第" in told_of("UPDATE crossregion_passage SET stage = 'HANDED_OVER'")[0]
    assert said("application.arrived")["number"] == application.number
    acts.come(acts.told("application.handed_over", acts.handed_over(files=[one_file()]), sequence=2))
    assert Application.objects.filter(channel="crossregion").count() == 1
    assert Passage.objects.count() == 1


def test_somebody_unknown_is_registered_on_the_word_of_the_origin(town: Town) -> None:
    before = Person.objects.count()
    card = {
        "name": "陈新来",
        "id_number": make_id_number("410302", date(1990, 1, 1), 101),
        "phone": "13800000009",
        "address": "",
        "region": "410302",
    }
    arrive(applicant=card)
    assert acts.passage().problem is None
    assert Person.objects.count() == before + 1
    assert acts.passage().applicant_label == "陈**"
    assert Application.objects.filter(channel="crossregion").count() == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"applicant": {}}, "姓名和身份证号"),
        ({"applicant": {"name": "王另", "id_number": acts.WANG_FANG.id_number}}, "姓名和身份证号"),
        ({"sha": "0" * 64}, "新的版本"),
        ({"thing": "restaurant"}, "不接受异地申请"),
        ({"thing": "nothing-of-the-kind"}, "不接受异地申请"),
        ({"form": {**acts.FORM, "pension.years_paid": "很多"}}, "看不懂"),
        ({"form": {}}, "请"),
        ({"form": "nothing"}, "格式不对"),
    ],
)
def test_what_cannot_be_taken_in_comes_back_with_the_reason(town: Town, changes: dict[str, Any], why: str) -> None:
    arrive(**changes)
    found = acts.passage()
    assert found.stage == "RETURNED"
    assert why in said("application.returned")["reason"]["zh"]
    assert not Application.objects.filter(channel="crossregion").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"custody": {"originals": [], "parcel": "", "origin": {}}},
        {"custody": {"originals": ["applicant-id-card"], "parcel": "", "origin": acts.sign("something else")}},
        {"custody": "nothing"},
        {"files": [{**one_file(), "digest": "not-a-digest"}], "custody": {}},
        {"files": "nothing", "custody": {}},
        {"mode": None},
    ],
)
def test_what_is_not_signed_or_not_readable_waits_at_the_desk(town: Town, changes: dict[str, Any]) -> None:
    body = acts.handed_over()
    acts.come(acts.told("application.handed_over", {**body, **changes}))
    assert Received.objects.get().error
    assert not Passage.objects.exists()


def test_only_a_region_with_an_agreement_may_hand_over(town: Town) -> None:
    acts.enter_peer(peer=None)
    neighbours.forget_neighbours()
    acts.come(acts.told("application.handed_over", acts.handed_over()))
    assert "不是跨域办的合作地区" in Received.objects.get().error
    with pytest.raises(Forbidden):
        which_things(neighbours.get_neighbour("luoyang"), {}, MONDAY)


def test_only_what_the_agreement_names_is_offered(town: Town) -> None:
    acts.enter_peer(peer={**acts.PEER["peer"], "things": ["social-card"]})
    neighbours.forget_neighbours()
    offered = which_things(neighbours.get_neighbour("luoyang"), {}, MONDAY)["things"]
    assert [one["code"] for one in offered] == ["social-card"]
    arrive()
    assert acts.passage().stage == "RETURNED"


def test_a_file_that_is_not_what_was_announced_is_fetched_again(town: Town) -> None:
    acts.come(acts.told("application.handed_over", acts.handed_over(files=[one_file()])))
    (due,) = fetch.due_files("luoyang", 5, at=acts.LATER)
    assert not fetch.note_fetched(due, b"something else", at=acts.LATER)
    assert PassageFile.objects.get().error == "the content does not fit its digest"
    assert fetch.due_files("luoyang", 5, at=acts.LATER) == []
    assert acts.passage().stage == "SENT"


def test_a_file_we_would_never_take_sends_the_application_back(town: Town) -> None:
    content = b"MZ this is a program"
    one = {**one_file(), "digest": hashlib.sha256(content).hexdigest(), "size": len(content)}
    acts.come(acts.told("application.handed_over", acts.handed_over(files=[one])))
    (due,) = fetch.due_files("luoyang", 5, at=acts.LATER)
    assert not fetch.note_fetched(due, content, at=acts.LATER)
    assert acts.passage().stage == "RETURNED"
    assert said("application.returned")["reason"]["zh"]


def test_news_is_told_when_a_case_has_moved_and_not_otherwise(town: Town) -> None:
    arrive()
    now = clock.now()
    assert tell.tell_moved("luoyang", 10, at=now + 2 * tell.REST) == 1
    assert tell.tell_moved("luoyang", 10, at=now + 4 * tell.REST) == 0
    body = said("application.told")
    assert body["stage"] == "ARRIVED_AT_HOME"
    assert {one["item"] for one in body["stations"]} == {"pension-retirement", "medical-insurance-retirement"}
    assert "6217000000000000001" not in str(body)  # what was typed is known there; it does not travel back


@pytest.mark.parametrize("asked", [{"offset": -1}, {"offset": "0"}, {"offset": True}, {"digest": "0" * 64}, {"about": "another"}])
def test_a_file_is_given_only_to_whom_it_is_held_for(town: Town, asked: dict[str, Any]) -> None:
    arrive()
    found, stored = acts.passage(), PassageFile.objects.get()
    PassageFile.objects.create(
        passage=found, way="OUT", part="RESULT", material="x", digest=stored.digest, name="a.png", mime="image/png",
        size=stored.size, file_id=stored.file_id, next_at=MONDAY,
    )  # fmt: skip
    card = neighbours.get_neighbour("luoyang")
    whole = {"about": found.about, "digest": stored.digest, "offset": 0}
    assert b64decode(part_of_file(card, whole, MONDAY)["part"]) == newborn.one_pixel_png()
    with pytest.raises(DomainError):
        part_of_file(card, {**whole, **asked}, MONDAY)


def test_things_of_others_are_not_among_ours(town: Town) -> None:
    own = {card.code for card in catalogue.list_things(by=town.wang_fang.actor, on=clock.today(MONDAY))}
    assert own
    assert not [code for code in own if "@" in code]
