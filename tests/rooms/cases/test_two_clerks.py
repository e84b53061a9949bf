"""Two people act on one case in the same moment: one act counts, the other is told calmly, nothing happens twice."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.rooms.cases import acts
from tests.rooms.cases.acts import BIRTH, POLICE, later
from tests.town import newborn
from tests.town.at_once import at_once
from tests.town.people import MONDAY, Town
from tests.town.standing import committed_town
from yijianshi.applications.models import ResultFact
from yijianshi.cases import commands
from yijianshi.cases.commands.correct import NothingToCorrect
from yijianshi.cases.commands.moves import NotThisWay
from yijianshi.cases.models import Case, Decision
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import history


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The run's database, open for the whole module and committed to (the plugin looks for this name to make the database)."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def town(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town as every connection sees it."""
    with committed_town(django_db_blocker) as found:
        yield found


@pytest.fixture
def application_id(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def case(application_id: UUID, code: str = BIRTH) -> Case:
    return newborn.case_of(application_id, code)


def approving(town: Town, found: Case, who: str = "staff") -> Callable[[], None]:
    by = getattr(town, who)["hospital"].actor
    approval = commands.Approval(case_id=found.id, results=newborn.results_for(found, MONDAY))
    return lambda: commands.approve([approval], by=by, at=MONDAY)


def check_decided_once(found: Case) -> None:
    found.refresh_from_db()
    assert Decision.objects.filter(case_id=found.id).count() == 1
    assert sum(action in {"approve", "refuse"} for action in acts.moves_of(found)) == 1
    issued = certificates.ids_by_case([found.id]).get(found.id, [])
    assert len(issued) == (1 if found.state == "COMPLETED" else 0)
    assert ResultFact.objects.filter(case_id=found.id).count() == (5 if found.state == "COMPLETED" else 0)
    assert history.verify() is None


def test_two_clerks_approve_one_case(town: Town, application_id: UUID) -> None:
    found = case(application_id)
    outcomes = at_once(approving(town, found), approving(town, found, "heads"), approving(town, found))
    assert sum(one is None for one in outcomes) == 1
    assert [type(one) for one in outcomes if one is not None] == [NotThisWay] * 2
    check_decided_once(found)
    assert case(application_id, POLICE).state == "RECEIVED"


def test_one_clerk_approves_while_another_refuses(town: Town, application_id: UUID) -> None:
    found, by = case(application_id), town.heads["hospital"].actor
    commands.accept([found.id], by=by, at=MONDAY)
    refusal = commands.Refusal(case_id=found.id, reason="不在本院出生")
    outcomes = at_once(approving(town, found), lambda: commands.refuse([refusal], by=by, at=MONDAY))
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "NotThisWay"]
    check_decided_once(found)


def test_the_mother_withdraws_while_the_clerk_approves(town: Town, application_id: UUID) -> None:
    """Whoever is first counts; what depends on the case is consistent with it; no deadlock (house.md: locks in one order)."""
    found, by = case(application_id), town.wang_fang.actor
    outcomes = at_once(approving(town, found), lambda: commands.withdraw(application_id, [BIRTH], by=by, at=MONDAY))
    assert all(not isinstance(one, Exception) or type(one).__name__ in {"NotThisWay", "NothingToWithdraw"} for one in outcomes)
    found.refresh_from_db()
    assert (found.state, case(application_id, POLICE).state) in {("COMPLETED", "RECEIVED"), ("WITHDRAWN", "TERMINATED")}
    assert len(certificates.ids_by_case([found.id]).get(found.id, [])) == (found.state == "COMPLETED")


def test_an_approval_that_writes_its_result_does_not_wait_in_a_circle(town: Town, application_id: UUID) -> None:
    """The applicant holds the application and wants the case, the officer holds the case and writes to the application."""
    found = case(application_id)
    holds_case, holds_application = Event(), Event()

    def applicant() -> Any:
        from yijianshi.applications import commands as applications
        from yijianshi.cases.queries.locks import lock_applications_cases

        with transaction.atomic():
            applications.lock_owned(application_id, by=town.wang_fang.actor)
            holds_application.set()
            assert holds_case.wait(10)
            return len(lock_applications_cases([application_id]))

    def officer() -> Any:
        from yijianshi.cases.queries.locks import lock_with_siblings

        with transaction.atomic():
            lock_with_siblings([found.id])
            holds_case.set()
            assert holds_application.wait(10)
            approving(town, found)()

    assert at_once(applicant, officer) == [10, None]
    check_decided_once(found)


def test_two_departments_finish_the_two_things_one_item_waits_for(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, BIRTH, MONDAY)
    newborn.approve(town, application_id, POLICE, MONDAY)
    ready = list(Case.objects.filter(application_id=application_id, state="RECEIVED").values_list("item_code", flat=True))
    outcomes = at_once(*(lambda code=code: newborn.approve(town, application_id, code, MONDAY) for code in ready))
    assert outcomes == [None] * len(ready)
    waiting = Case.objects.filter(application_id=application_id, state="WAITING_UPSTREAM")
    assert not waiting.exists()
    released = [one for one in Case.objects.filter(application_id=application_id) if one.waits_for]
    assert {acts.moves_of(one).count("release") for one in released} == {1}


def test_two_windows_answer_one_notice(town: Town, application_id: UUID) -> None:
    acts.ask(town, case(application_id), ("field", "child.name"))
    answers = [lambda name=name: acts.answer(town, application_id, later(1), child__name=name) for name in ("李一", "李二")]
    outcomes = at_once(*answers)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", NothingToCorrect.__name__]
    assert acts.moves_of(case(application_id)) == ["split", "request_correction", "correct"]


def test_the_sweep_and_an_answer_in_the_last_moment(town: Town, application_id: UUID) -> None:
    acts.ask(town, case(application_id), ("field", "child.name"))
    after = later(60)
    at_once(
        lambda: acts.answer(town, application_id, after, child__name="李满"),
        lambda: commands.return_unanswered_corrections(at=after),
        lambda: commands.deem_silent_cases_accepted(at=after),
    )
    found = case(application_id)
    assert found.state in {"RETURNED", "RECEIVED"}
    assert acts.moves_of(found)[-1] == {"RETURNED": "return_unanswered", "RECEIVED": "correct"}[found.state]


def test_one_application_split_by_two_workers_at_once(town: Town) -> None:
    from yijianshi.identity.logic.actor import SYSTEM

    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    at_once(newborn.deliver_events, newborn.deliver_events, lambda: commands.split([draft_id], by=SYSTEM, at=MONDAY))
    newborn.deliver_events()
    assert Case.objects.filter(application_id=draft_id).count() == 10
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM foundation_outbox WHERE event = 'applications.submitted'")
        left = cursor.fetchone()
    assert left in {(0,), (1,)}  # one delivery may have met the other and waits for its next try
