"""What is published with a later date counts from that date: lists, examples, and the end of what was removed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.unit.catalogue.test_lint_lists import LIST, OTHER, STALL
from yijianshi.catalogue import commands, queries
from yijianshi.catalogue.commands import authoring
from yijianshi.catalogue.models import Proposal, PublishedSheet, PublishedThing
from yijianshi.catalogue.queries import authoring as reading
from yijianshi.catalogue.queries.versions import ThingHasEnded
from yijianshi.channels.authoring.acting import Sent, take
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Role

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY, LATER = date(2026, 3, 2), date(2026, 4, 1)
EVE = LATER - timedelta(days=1)
THING, EXAMPLE, NATION = "things/stall/thing.yaml", "things/stall/examples/breakfast.yaml", "lists/nation.yaml"
LIN = Actor(kind=ActorKind.STAFF, account_id=uuid4(), roles=frozenset({Role.AUTHOR}), name="林")
ZHAO = Actor(kind=ActorKind.STAFF, account_id=uuid4(), roles=frozenset({Role.AUTHOR}), name="赵")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(content: Path) -> Path:
    (content / "lists").mkdir()
    (content / NATION).write_text(LIST, encoding="utf-8")
    (content / "lists" / "later.yaml").write_text(OTHER, encoding="utf-8")
    (content / THING).write_text(STALL, encoding="utf-8")
    commands.publish(content, by=SYSTEM, at=AT)
    return content


def opened() -> UUID:
    return authoring.open_proposal("停办早市摊位", "试点结束", by=LIN, at=AT)


def removing(*paths: str) -> UUID:
    proposal = opened()
    for path in paths:
        authoring.remove_file(proposal, path, revision=0, by=LIN, at=AT)
    return proposal


def ending() -> UUID:
    proposal = removing(THING, EXAMPLE)
    text = LIST.replace("IN_OPERATION", "PLANNED")  # a list may not promise what nobody can begin
    authoring.save_file(proposal, NATION, text, revision=0, by=LIN, at=AT)
    return proposal


def changing(path: str, old: str, new: str) -> UUID:
    proposal = opened()
    text = reading.get_file(path, by=LIN).text
    assert text is not None
    assert old in text
    authoring.save_file(proposal, path, text.replace(old, new), revision=0, by=LIN, at=AT)
    return proposal


def bring_in(proposal: UUID, on: date) -> UUID:
    authoring.submit(proposal, by=LIN, at=AT)
    authoring.approve(proposal, by=ZHAO, at=AT)
    authoring.publish(proposal, on, by=ZHAO, at=AT)
    return proposal


def status_on(day: date) -> str:
    card = queries.get_matter("KM-2026-1-01", by=ANONYMOUS, on=day)[1]
    return card.matter.status


def things_on(day: date) -> list[str]:
    return [card.code for card in queries.list_things(by=ANONYMOUS, on=day)]


def test_a_list_follows_the_day_of_its_proposal() -> None:
    bring_in(changing(NATION, "IN_OPERATION", "SUSPENDED"), LATER)
    assert [status_on(day) for day in (TODAY, EVE, LATER)] == ["IN_OPERATION", "IN_OPERATION", "SUSPENDED"]


def test_a_later_change_of_the_list_does_not_bring_it_forward() -> None:
    bring_in(changing(NATION, "IN_OPERATION", "SUSPENDED"), LATER)
    bring_in(changing(NATION, "zh: 退休", "zh: 养老退休"), TODAY)
    assert [status_on(day) for day in (TODAY, LATER)] == ["IN_OPERATION", "SUSPENDED"]


def test_taken_back_the_list_is_as_it_was_on_every_day() -> None:
    first = bring_in(changing(NATION, "IN_OPERATION", "SUSPENDED"), LATER)
    bring_in(authoring.roll_back(first, "不停办了", by=LIN, at=AT), TODAY)
    assert [status_on(day) for day in (TODAY, LATER)] == ["IN_OPERATION", "IN_OPERATION"]


def test_a_list_that_is_removed_is_gone_from_the_day_on() -> None:
    bring_in(removing("lists/later.yaml"), LATER)
    assert [len(queries.list_matter_lists(by=ANONYMOUS, on=day)) for day in (EVE, LATER)] == [2, 1]


def test_examples_follow_the_day_too() -> None:
    before = PublishedSheet.objects.filter(kind="examples").count()
    bring_in(removing(EXAMPLE), LATER)
    newest = PublishedSheet.objects.filter(kind="examples").order_by("-version")[0]
    assert (PublishedSheet.objects.filter(kind="examples").count(), newest.effective_on) == (before + 1, LATER)
    assert newest.content == {"examples": []}


def test_a_thing_that_is_removed_ends_on_the_day_and_its_items_stay() -> None:
    proposal = ending()
    (told,) = reading.differences_in_words(proposal, by=LIN)["stall"]
    assert "out of service from the day chosen" in told.en
    version_id, _ = queries.get_current("stall", TODAY)
    bring_in(proposal, LATER)
    assert things_on(EVE) == ["stall"]
    assert queries.get_current("stall", EVE)[0] == version_id
    assert things_on(LATER) == []
    assert queries.find_current_id("stall", LATER) is None
    with pytest.raises(ThingHasEnded, match="out of service since Wed 1 Apr 2026"):
        queries.get_current("stall", LATER)
    assert queries.get_version(version_id).code == "stall"  # whoever applied is finished on it
    assert "sign-filing" in [card.code for card in queries.list_items(by=ANONYMOUS, on=LATER)]
    (told,) = reading.differences_in_words(proposal, by=LIN)["stall"]
    assert told.en.startswith("This takes '")
    assert "out of service from Wed 1 Apr 2026" in told.en
    assert [one.version for one in queries.list_versions("stall")] == [1]
    assert [one.is_end for one in queries.list_all_versions() if one.code == "stall"] == [True, False]


def test_an_end_is_written_once_and_can_be_taken_back(published: Path) -> None:
    first = bring_in(ending(), TODAY)
    assert things_on(TODAY) == []
    commands.publish(published, by=SYSTEM, at=AT)
    assert PublishedThing.objects.filter(code="stall", is_end=True).count() == 1
    bring_in(authoring.roll_back(first, "还要办", by=LIN, at=AT), TODAY)
    assert things_on(TODAY) == ["stall"]
    assert [one.version for one in queries.list_versions("stall")] == [3, 1]


def test_what_the_folder_no_longer_brings_ends_at_once(published: Path) -> None:
    (published / THING).unlink()
    (published / EXAMPLE).unlink()
    (published / NATION).write_text(LIST.replace("IN_OPERATION", "PLANNED"), encoding="utf-8")
    commands.publish(published, by=SYSTEM, at=AT)
    assert things_on(TODAY) == []


def test_a_newer_proposal_of_the_house_takes_the_place_of_the_one_nobody_touched(published: Path) -> None:
    path = "items/market/sign-filing.yaml"
    bring_in(changing(path, "promise: {working_days: 4", "promise: {working_days: 1"), TODAY)
    ids = []
    text = (published / path).read_text(encoding="utf-8")
    for days in (3, 2):
        (published / path).write_text(text.replace("promise: {working_days: 4", f"promise: {{working_days: {days}"), "utf-8")
        ids.append(commands.publish_folder(published, by=SYSTEM, at=AT).unsettled)
    assert [Proposal.objects.get(id=one).state for one in ids] == ["WITHDRAWN", "DRAFT"]


def test_one_that_somebody_works_on_stays(published: Path) -> None:
    path = "items/market/sign-filing.yaml"
    bring_in(changing(path, "promise: {working_days: 4", "promise: {working_days: 1"), TODAY)
    text = (published / path).read_text(encoding="utf-8")
    (published / path).write_text(text.replace("promise: {working_days: 4", "promise: {working_days: 3"), "utf-8")
    first = commands.publish_folder(published, by=SYSTEM, at=AT).unsettled
    assert first is not None
    authoring.edit_proposal(first, "招牌备案的时限", "两边都改过", by=LIN, at=AT)
    (published / path).write_text(text.replace("promise: {working_days: 4", "promise: {working_days: 2"), "utf-8")
    assert commands.publish_folder(published, by=SYSTEM, at=AT).unsettled is not None
    assert Proposal.objects.get(id=first).state == "DRAFT"


def test_who_publishes_reads_what_ends_and_what_is_new() -> None:
    proposal = ending()
    authoring.submit(proposal, by=LIN, at=AT)
    authoring.approve(proposal, by=ZHAO, at=AT)
    sent = Sent(proposal, {"effective_on": LATER.isoformat()}, ZHAO, AT)
    for _time in range(2):  # pressed twice it says the same; its items go on alone, each as a new version
        said = take("publish", sent).text
        assert said.zh == "已发布：3 个新版本，2026-04-01 起生效；1 项从那天起停办。"
        assert said.en == "Published: 3 new versions, in force from 2026-04-01; 1 service ends on that day."
