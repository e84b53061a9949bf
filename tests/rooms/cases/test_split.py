"""Splitting: each application once, whatever happens to the worker, each case at the right desk."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications.events import ApplicationSubmitted
from yijianshi.cases import commands
from yijianshi.cases.models import Case, ClockEntry
from yijianshi.foundation import events, history, outbox
from yijianshi.identity.logic.actor import SYSTEM, Actor


@pytest.fixture
def submitted(town: Town) -> UUID:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    return draft_id


def count(application_id: UUID) -> tuple[int, int, int]:
    cases = Case.objects.filter(application_id=application_id)
    lines = [line for line in history.list_for_application(application_id) if line.entry.action == "split"]
    return cases.count(), ClockEntry.objects.filter(case_id__in=cases.values("id")).count(), len(lines)


def test_the_event_makes_one_case_an_item_and_starts_the_clock_of_those_received(submitted: UUID) -> None:
    newborn.deliver_events()
    received = Case.objects.filter(application_id=submitted, state="RECEIVED").count()
    assert count(submitted) == (10, received, 10)


def test_an_event_delivered_twice_changes_nothing(submitted: UUID) -> None:
    newborn.deliver_events()
    before = count(submitted)
    with transaction.atomic():
        events.publish(ApplicationSubmitted(str(submitted)), ApplicationSubmitted(str(submitted)))
    newborn.deliver_events()
    assert commands.split([submitted], by=SYSTEM, at=MONDAY) == []
    assert count(submitted) == before
    assert outbox.list_stuck() == []


def test_an_application_named_twice_is_split_once(submitted: UUID) -> None:
    made = commands.split([submitted, submitted], by=SYSTEM, at=MONDAY)
    assert len(made) == len(set(made)) == 10


def test_a_worker_that_dies_half_way_leaves_nothing_and_the_next_one_makes_it_whole(submitted: UUID) -> None:
    with transaction.atomic():
        assert len(commands.split([submitted], by=SYSTEM, at=MONDAY)) == 10
        transaction.set_rollback(True)  # the power went before the commit
    assert count(submitted) == (0, 0, 0)
    newborn.deliver_events()
    assert count(submitted)[0] == 10


def test_each_case_lies_at_the_competent_organisation_of_its_region(town: Town, submitted: UUID) -> None:
    newborn.deliver_events()
    desks = dict(Case.objects.filter(application_id=submitted).values_list("item_code", "organisation_id"))
    assert desks["household-registration-birth"] == town.organisations["police"]
    assert desks["resident-insurance-payment"] == town.organisations["tax"]
    assert {desks["childcare-allowance"], desks["fertility-registration"]} == {town.organisations["health"]}


def test_the_day_of_receipt_is_the_day_of_submission_even_when_the_worker_comes_late(submitted: UUID) -> None:
    commands.split([submitted], by=SYSTEM, at=MONDAY + timedelta(days=2))
    assert set(Case.objects.filter(state="RECEIVED").values_list("received_on", flat=True)) == {MONDAY.date()}


@pytest.mark.parametrize("who", ["wang_fang", "stranger"])
def test_only_the_house_splits(town: Town, submitted: UUID, who: str) -> None:
    by: Actor = getattr(town, who).actor
    assert commands.split([submitted], by=by, at=MONDAY) == []
    assert not Case.objects.exists()


def test_a_draft_is_not_split(town: Town) -> None:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    assert commands.split([draft_id], by=SYSTEM, at=MONDAY) == []
