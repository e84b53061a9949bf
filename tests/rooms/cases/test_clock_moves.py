"""Pausing, resuming and extending move the dates as the ledger says, across a long holiday with make-up days."""

from datetime import datetime
from uuid import UUID

import pytest

from tests.rooms.cases import acts
from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands, queries
from yijianshi.cases.commands.moves import BasisTooLong, NamedTwice, NotThisWay, NotYourCase, ReasonMissing
from yijianshi.cases.logic.clock.validation import (
    AlreadyExtended,
    EntryDoesNotFit,
    ExtensionNeedsApproval,
    ExtensionNotAllowed,
    ExtensionTooLate,
    SuspensionNeedsBasis,
    SuspensionNotForeseen,
)
from yijianshi.cases.models import Case, ClockEntry
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import NotFound

SIGN = "large-sign-approval"  # 5 working days promised, 20 by law, +10, paused for expert reviews
LICENCE = "business-licence-verification"
BASIS = "行政许可法第四十五条"


def on(month: int, day: int) -> datetime:
    return MONDAY.replace(month=month, day=day)


@pytest.fixture
def sign(town: Town) -> Case:
    """The large sign, accepted on Friday 18 September 2026, before Mid-autumn and National Day."""
    application_id = restaurant.apply(town, on(9, 18))
    newborn.approve(town, application_id, LICENCE, on(9, 18))
    case = newborn.case_of(application_id, SIGN)
    commands.accept([case.id], by=officer(town), at=on(9, 18))
    case.refresh_from_db()
    return case


def officer(town: Town) -> Actor:
    return town.staff["urban-management"].actor


def head(town: Town) -> Actor:
    return town.heads["urban-management"].actor


def pause(
    town: Town, case: Case, at: datetime, reason: str = "EXPERT_REVIEW", basis: str = BASIS, note: str = "专家评审"
) -> None:
    suspension = commands.Suspension(case_id=case.id, reason=reason, basis=basis, working_days=3, note=note)
    commands.suspend([suspension], by=officer(town), at=at)


def extend(by: Actor, case_id: UUID, at: datetime, reason: str = "情况复杂") -> None:
    commands.extend([commands.Extension(case_id=case_id, reason=reason)], by=by, at=at)


def dates(case: Case) -> tuple[str, str]:
    case.refresh_from_db()
    acts.check_dates_replay(case.application_id)
    return str(case.promised_on), str(case.legal_due_on)


def test_make_up_days_count_and_the_holiday_does_not(sign: Case) -> None:
    assert dates(sign) == ("2026-09-24", "2026-10-22")


def test_a_pause_moves_the_dates_by_the_working_days_it_took(town: Town, sign: Case) -> None:
    pause(town, sign, on(9, 22))
    sign.refresh_from_db()
    assert (sign.state, sign.act_by) == ("SUSPENDED", None)
    commands.resume([sign.id], by=officer(town), at=on(10, 9))
    # 22, 23, 24, 28, 29, 30 September and 8 October were not counted; 20 and 21 September, then 9 October were.
    assert dates(sign) == ("2026-10-12", "2026-11-02")
    assert sign.act_by == sign.promised_on
    assert acts.moves_of(sign) == ["split", "release", "accept", "suspend", "resume"]


def test_a_paused_case_stands_last_on_the_desk_and_blocks_nobody(town: Town, sign: Case) -> None:
    newer = restaurant.apply(town, on(9, 21))
    newborn.approve(town, newer, LICENCE, on(9, 21))
    pause(town, sign, on(9, 22))
    desk = queries.list_worklist(by=officer(town), at=on(9, 22)).rows
    assert [row.id for row in desk][-1] == sign.id
    assert desk[-1].act_by is None
    assert len(desk) > 1


def test_a_pause_of_a_morning_moves_nothing(town: Town, sign: Case) -> None:
    pause(town, sign, on(9, 22))
    commands.resume([sign.id], by=officer(town), at=on(9, 22).replace(hour=4))
    assert dates(sign) == ("2026-09-24", "2026-10-22")


def test_an_extension_adds_the_days_the_item_allows_once_and_only_by_the_head(town: Town, sign: Case) -> None:
    with pytest.raises(NotYourCase):
        extend(officer(town), sign.id, on(9, 22))
    with pytest.raises(ExtensionNeedsApproval):
        extend(head(town), sign.id, on(9, 22), reason=" ")
    extend(head(town), sign.id, on(9, 22))
    assert dates(sign) == ("2026-10-15", "2026-11-05")
    with pytest.raises(AlreadyExtended):
        extend(head(town), sign.id, on(9, 23))
    assert ClockEntry.objects.filter(case_id=sign.id, kind="EXTENDED").count() == 1
    progress = queries.progress(sign.application_id, by=restaurant.company(town), at=on(9, 23))
    assert any("情况复杂" in sentence.zh and "10" in sentence.en for sentence in progress.moved)


def test_one_extension_named_twice_is_refused_whole(town: Town, sign: Case) -> None:
    twice = [commands.Extension(case_id=sign.id, reason="情况复杂")] * 2
    with pytest.raises(NamedTwice):
        commands.extend(twice, by=head(town), at=on(9, 22))
    assert dates(sign) == ("2026-09-24", "2026-10-22")


def test_an_extension_after_the_legal_limit_comes_too_late(town: Town, sign: Case) -> None:
    with pytest.raises(ExtensionTooLate):
        extend(head(town), sign.id, on(10, 26))


def test_an_item_without_extension_is_never_extended(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    case = newborn.case_of(application_id, acts.BIRTH)
    commands.accept([case.id], by=town.staff["hospital"].actor, at=MONDAY)
    with pytest.raises(ExtensionNotAllowed):
        extend(town.heads["hospital"].actor, case.id, MONDAY)
    view = queries.get_case(case.id, by=town.heads["hospital"].actor, at=MONDAY)
    assert not {"extend", "suspend"} & {action.code for action in view.allowed}


def test_a_pause_needs_a_statutory_reason_its_clause_and_words_for_the_applicant(town: Town, sign: Case) -> None:
    for refusal, changed in (
        (SuspensionNotForeseen, {"reason": "HEARING"}),
        (SuspensionNeedsBasis, {"reason": "BECAUSE"}),
        (SuspensionNeedsBasis, {"basis": ""}),
        (ReasonMissing, {"note": ""}),
        (BasisTooLong, {"basis": "条" * 201}),
    ):
        with pytest.raises(refusal):
            pause(town, sign, on(9, 22), **changed)
    assert dates(sign) == ("2026-09-24", "2026-10-22")


def test_while_paused_nothing_is_decided_and_nothing_paused_again(town: Town, sign: Case) -> None:
    pause(town, sign, on(9, 22))
    approval = commands.Approval(case_id=sign.id, results=newborn.results_for(sign, on(9, 22)))
    refusal = commands.Refusal(case_id=sign.id, reason="不符合规划")
    with pytest.raises(NotThisWay):
        commands.approve([approval], by=officer(town), at=on(9, 22))
    with pytest.raises(NotThisWay):
        commands.refuse([refusal], by=officer(town), at=on(9, 22))
    with pytest.raises(EntryDoesNotFit):
        pause(town, sign, on(9, 22))
    assert acts.moves_of(sign)[-1] == "suspend"


def test_the_clerks_page_explains_every_day(town: Town, sign: Case) -> None:
    pause(town, sign, on(9, 22))
    commands.resume([sign.id], by=officer(town), at=on(10, 9))
    clock = queries.get_case(sign.id, by=officer(town), at=on(10, 10)).clock
    assert clock.promised_due == Case.objects.get(id=sign.id).promised_on
    words = {str(day.date): day.why.zh for day in clock.days}
    assert "专家评审" in words["2026-09-28"]
    assert "节假日" in words["2026-10-02"]
    assert "调休" in words["2026-10-10"]


def test_roles_of_one_person_add_up_but_never_reach_another_desk(town: Town, sign: Case) -> None:
    only_clerk = Actor(
        kind=officer(town).kind, organisation_id=sign.organisation_id, roles=frozenset({Role.CLERK}), name="办事员"
    )
    approval = commands.Approval(case_id=sign.id, results=newborn.results_for(sign, on(9, 22)))
    with pytest.raises(NotYourCase):
        commands.approve([approval], by=only_clerk, at=on(9, 22))
    with pytest.raises(NotFound):
        extend(town.heads["fire"].actor, sign.id, on(9, 22))
