"""What belongs to another region is brought there, through a window where needed; what comes back is believed if signed."""

from typing import Any
from uuid import UUID

import pytest

from tests.rooms.crossregion import acts
from tests.rooms.exchange.acts import body_of
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.catalogue import commands as catalogue
from yijianshi.catalogue import queries as things
from yijianshi.crossregion import commands, queries
from yijianshi.crossregion.models import Passage, PassageFile
from yijianshi.exchange.models import Outgoing, Received
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import DomainError, Forbidden, NotFound

NUMBER = "about"


def keep(code: str) -> None:
    """Keep the other region's thing, which is like ours."""
    thing = things.get_current(code, clock.today(MONDAY))[1]
    catalogue.keep_thing("luoyang", thing.model_dump(mode="json"), by=SYSTEM, at=MONDAY)


def sent(town: Town, code: str = "retirement", region: str = "410303") -> UUID:
    """Submit 王芳's application for the other region."""
    keep(code)
    by = town.wang_fang.actor
    known = {**acts.FORM, "cardholder.wants": "FIRST", "cardholder.is_adult": True, "cardholder.scenes": []}
    compiled = things.get_current(f"{code}@luoyang", clock.today(MONDAY))[1]
    asked = {name: value for name, value in known.items() if name in compiled.elements_by_name}
    draft_id = applications.start(thing_code=f"{code}@luoyang", answers=asked, declined=(), by=by, at=MONDAY)
    newborn.fill_fields(draft_id, compiled, by, MONDAY)
    places = {f"{one}.region": region for one in ("pension", "cardholder") if f"{one}.region" in compiled.elements_by_name}
    applications.save_draft(application_id=draft_id, values=places, by=by, at=MONDAY)
    newborn.upload(draft_id, by, MONDAY)
    newborn.submit(draft_id, by, MONDAY)
    newborn.deliver_events()
    return draft_id


def stage(application_id: UUID, by: Actor) -> str:
    return queries.get_journey(application_id, by=by).stage


def about() -> str:
    return Passage.objects.get().about


def test_it_is_handed_over_signed_and_makes_no_case_here(town: Town) -> None:
    application_id = sent(town)
    journey = queries.get_journey(application_id, by=town.wang_fang.actor)
    assert (journey.stage, journey.mode) == ("SENT", "ONLINE")
    body = body_of(Outgoing.objects.get(kind="application.handed_over"))
    assert (body["thing"], body["region"], body["applicant"]["name"]) == ("retirement", "410300", "王芳")
    assert body["files"]
    assert body["custody"]["origin"]["by"] == "yijianshi"
    assert not drafts.get_application(application_id, by=town.wang_fang.actor).thing_code.endswith("retirement")
    with pytest.raises(NotFound):
        queries.get_journey(application_id, by=town.stranger.actor)


def test_a_place_the_other_region_does_not_decide_about_is_said_in_the_draft(town: Town) -> None:
    with pytest.raises(applications.NotReady) as refused:
        sent(town, region="410105")
    assert [problem.name for problem in refused.value.problems] == ["pension.region"]
    assert "洛阳市" in refused.value.problems[0].text.zh


def test_a_window_checks_person_and_originals_first(town: Town) -> None:
    application_id = sent(town, "social-card")
    assert stage(application_id, town.wang_fang.actor) == "RECEIVED_AT_ORIGIN"
    assert not Outgoing.objects.exists()
    clerk, found = town.staff["government-service"].actor, Passage.objects.get()
    (row,) = queries.list_at_window(by=clerk, at=MONDAY)
    sheet = queries.get_at_window(row.id, by=clerk, at=MONDAY)
    papers = [paper.code for paper in sheet.papers]
    for wrong in ({"identity_checked": False, "originals": papers}, {"identity_checked": True, "originals": []}):
        with pytest.raises(DomainError):
            commands.receive_at_window(found.id, **wrong, by=clerk, at=MONDAY)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        commands.receive_at_window(found.id, identity_checked=True, originals=papers, by=town.staff["police"].actor, at=MONDAY)
    commands.receive_at_window(found.id, identity_checked=True, originals=papers, parcel="SF1", by=clerk, at=MONDAY)
    assert stage(application_id, town.wang_fang.actor) == "SENT"
    assert body_of(Outgoing.objects.get())["custody"]["parcel"] == "SF1"
    with pytest.raises(DomainError):
        commands.receive_at_window(found.id, identity_checked=True, originals=papers, by=clerk, at=MONDAY)
    assert queries.list_at_window(by=clerk, at=MONDAY) == []


def arrived(number: str = "410300-20260302-00000007-Y") -> dict[str, Any]:
    return {"number": number, "receipt": acts.sign(Passage.objects.get().custody["text"])}


def test_arrival_is_believed_only_with_their_signature(town: Town) -> None:
    application_id = sent(town)
    acts.come(acts.told("application.arrived", {**arrived(), "receipt": acts.sign("another text")}, about=about()))
    assert Received.objects.get().error
    assert stage(application_id, town.wang_fang.actor) == "SENT"


def test_news_results_and_the_receipt_for_them(town: Town) -> None:
    application_id, by = sent(town), town.wang_fang.actor
    file = {"material": "c1", "digest": "ab" * 32, "name": "a.pdf", "mime": "application/pdf", "size": 10,
            "title": {"zh": "退休核准表", "en": "Approval"}, "note": "javascript:alert(1)"}  # fmt: skip
    over = {"stage": "DECIDED", "number": "n", "files": [file], "stations": [{"name": "not a text"}, 3], "corrections": None}
    acts.come(
        acts.told("application.arrived", arrived(), 1, about()),
        acts.told("application.told", {**over, "stage": "ACCEPTED", "files": []}, 2, about()),
        acts.told("application.told", over, 3, about()),
    )
    journey = queries.get_journey(application_id, by=by)
    assert journey.stage == "DECIDED"
    assert [(one.file_id, one.title.zh, one.check_at) for one in journey.results] == [(None, "退休核准表", "")]
    PassageFile.objects.filter(way="IN").update(file_id=UUID(int=1))
    acts.come(acts.told("application.told", over, 4, about()))
    assert stage(application_id, by) == "HANDED_OVER"
    receipt = body_of(Outgoing.objects.get(kind="application.results_received"))["receipt"]
    assert receipt["by"] == "yijianshi"
    acts.come(acts.told("application.told", {**over, "stage": "ACCEPTED"}, 5, about()))
    assert stage(application_id, by) == "HANDED_OVER"


@pytest.mark.parametrize("body", [{"stage": "NOWHERE"}, {"stage": "ACCEPTED", "files": [{"digest": "x"}]}, {}])
def test_news_nobody_can_read_waits_at_the_desk(town: Town, body: dict[str, Any]) -> None:
    sent(town)
    acts.come(acts.told("application.arrived", arrived(), 1, about()), acts.told("application.told", body, 2, about()))
    assert Received.objects.get(sequence=2).error


def test_what_was_returned_says_why(town: Town) -> None:
    application_id = sent(town)
    acts.come(acts.told("application.returned", {"reason": {"zh": "版本换了", "en": "newer version"}}, about=about()))
    journey = queries.get_journey(application_id, by=town.wang_fang.actor)
    assert (journey.stage, journey.problem and journey.problem.zh) == ("RETURNED", "版本换了")


def test_another_region_cannot_speak_about_it(town: Town) -> None:
    sent(town)
    other = {**acts.PEER, "code": "kaifeng", "peer": {"region": "410200", "name": {"zh": "开封市", "en": "Kaifeng"}}}
    acts.commands.apply_neighbours({"neighbours": [acts.PEER, other]}, by=SYSTEM, at=MONDAY)
    refused = acts.come(acts.told("application.arrived", arrived(), about=about()), neighbour="kaifeng").refused
    assert [one.code for one in refused] == ["UNKNOWN_THREAD"]


def test_corrections_are_answered_once_and_completely(town: Town) -> None:
    application_id, by = sent(town), town.wang_fang.actor
    entry = {"kind": "field", "name": "bank.branch", "label": {"zh": "开户行", "en": "Branch"}, "text": "写全称"}
    asking = {"stage": "CORRECTION", "files": [], "corrections": {"respond_by": "2026-03-20", "entries": [entry]}}
    acts.come(acts.told("application.arrived", arrived(), 1, about()), acts.told("application.told", asking, 2, about()))
    journey = queries.get_journey(application_id, by=by)
    assert [one.label.zh for one in journey.asked] == ["开户行"]
    with pytest.raises(commands.PointOpen):
        commands.answer_elsewhere(application_id, {}, {}, by=by, at=MONDAY)
    commands.answer_elsewhere(application_id, {"bank.branch": "示范银行洛阳分行"}, {}, by=by, at=MONDAY)
    body = body_of(Outgoing.objects.get(kind="application.corrected"))
    assert body["values"] == {"bank.branch": "示范银行洛阳分行"}
    with pytest.raises(commands.NothingAsked):
        commands.answer_elsewhere(application_id, {"bank.branch": "x"}, {}, by=by, at=MONDAY)
    assert queries.get_journey(application_id, by=by).answered


def test_a_thing_that_is_not_theirs_or_was_changed_on_the_way_is_not_kept(town: Town) -> None:
    content = things.get_current("retirement", clock.today(MONDAY))[1].model_dump(mode="json")
    for wrong in ({**content, "name": {"zh": "别的", "en": "other"}}, {"code": "x"}, {**content, "code": "item:x"}, {}):
        with pytest.raises(catalogue.NotTheirThing):
            catalogue.keep_thing("luoyang", wrong, by=SYSTEM, at=MONDAY)
    with pytest.raises(Forbidden):
        catalogue.keep_thing("luoyang", content, by=town.wang_fang.actor, at=MONDAY)


def test_what_is_no_longer_offered_ends(town: Town) -> None:
    keep("retirement")
    today = clock.today(MONDAY)
    assert list(things.list_elsewhere("retirement", ["luoyang"], today)) == ["luoyang"]
    assert catalogue.end_things("luoyang", ["retirement"], by=SYSTEM, at=MONDAY) == 0
    assert catalogue.end_things("luoyang", [], by=SYSTEM, at=MONDAY) == 1
    assert things.list_elsewhere("retirement", ["luoyang"], today) == {}
    with pytest.raises(NotFound):
        things.get_current("retirement@luoyang", today)
