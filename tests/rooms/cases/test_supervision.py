"""Supervisors watch the time limits of the desks below theirs: no actions, no facts, no files, no other region."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.rooms.cases.acts import BIRTH, POLICE
from tests.town import newborn
from tests.town.people import JINSHUI, MONDAY, Town, add_staff
from yijianshi.cases import commands, queries
from yijianshi.cases.models import Case
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import NotFound

WATCH = frozenset({Role.SUPERVISOR})


@pytest.fixture
def application_id(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


@pytest.fixture
def watcher(town: Town) -> Actor:
    """The supervisor of the district's government service office."""
    return add_staff(f"government-service-{JINSHUI}", "watcher", WATCH).actor


def departments(by: Actor, **filters: bool) -> set[str]:
    found = queries.list_worklist(by=by, at=MONDAY, filters=queries.WorklistFilters(**filters))
    return {row.department.zh for row in found.rows if row.department}


def test_the_service_office_watches_every_desk_of_its_region(town: Town, application_id: UUID, watcher: Actor) -> None:
    assert departments(watcher) == {"郑州市金水区妇幼保健院", "金水区卫生健康委员会"}
    Case.objects.filter(application_id=application_id, item_code=BIRTH).update(
        organisation_id=town.organisations["police-luoyang"]
    )
    assert departments(watcher) == {"金水区卫生健康委员会"}
    elsewhere = newborn.case_of(application_id, BIRTH)
    with pytest.raises(NotFound):
        queries.get_case(elsewhere.id, by=watcher, at=MONDAY)


def test_any_other_organisation_watches_itself_and_what_is_below(town: Town, application_id: UUID) -> None:
    assert departments(add_staff(f"health-{JINSHUI}", "health-watcher", WATCH).actor) == {"金水区卫生健康委员会"}
    assert departments(add_staff(f"police-{JINSHUI}", "police-watcher", WATCH).actor) == set()


def test_a_watched_case_shows_its_clock_and_nothing_of_the_applicant(application_id: UUID, watcher: Actor) -> None:
    case = newborn.case_of(application_id, BIRTH)
    view = queries.get_case(case.id, by=watcher, at=MONDAY)
    assert (view.watched is not None, view.number, view.act_by) == (True, case.number, case.act_by)
    assert view.history
    assert [*view.facts, *view.materials, *view.results, *view.advice, *view.allowed] == []
    with pytest.raises(NotFound):
        queries.has_file(case.id, case.id, by=watcher)


def test_nobody_acts_by_watching(application_id: UUID, watcher: Actor) -> None:
    case = newborn.case_of(application_id, BIRTH)
    with pytest.raises(NotFound):
        commands.accept([case.id], by=watcher, at=MONDAY)
    assert queries.list_rows([case.id], by=watcher, at=MONDAY) == ()


def test_one_who_also_has_a_desk_sees_it_first_and_the_others_when_asked(
    town: Town, application_id: UUID, watcher: Actor
) -> None:
    both = replace(watcher, roles=WATCH | {Role.CLERK})
    assert queries.list_worklist(by=both, at=MONDAY).rows == ()
    assert len(departments(both, supervised=True)) == 2
    assert departments(town.staff["health"].actor, supervised=True) == set()  # no supervisor, so the own desk


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUTHOR])
def test_who_handles_no_cases_sees_none_even_in_the_same_organisation(town: Town, application_id: UUID, role: Role) -> None:
    by = replace(town.staff["hospital"].actor, roles=frozenset({role}))
    assert queries.list_worklist(by=by, at=MONDAY).rows == ()
    with pytest.raises(NotFound):
        queries.get_case(newborn.case_of(application_id, BIRTH).id, by=by, at=MONDAY)


def test_the_police_desk_is_watched_once_it_has_the_case(town: Town, application_id: UUID, watcher: Actor) -> None:
    newborn.approve(town, application_id, BIRTH, MONDAY)
    assert queries.get_case(newborn.case_of(application_id, POLICE).id, by=watcher, at=MONDAY).watched is not None
