"""Corrections: told once and completely, merged over departments, answered together, returned when left unanswered."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.rooms.cases import acts
from tests.rooms.cases.acts import BIRTH, POLICE, answer, ask, hand_in, later
from tests.town import newborn
from tests.town.people import MONDAY, WANG_FANG, Town
from yijianshi.applications import queries as applications
from yijianshi.applications.commands import NotReady
from yijianshi.applications.commands.draft import TooManyFiles
from yijianshi.cases import commands, queries
from yijianshi.cases.commands.correct import NothingToCorrect, StillOpen
from yijianshi.cases.commands.moves import NotThisWay
from yijianshi.cases.logic.corrections import (
    AlreadyCertified,
    CertifiedMeanwhile,
    CorrectionEmpty,
    CorrectionEntry,
    CorrectionNotAskable,
    CorrectionUnclear,
    OneTimeNoticeUsed,
)
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.models import Case, Correction
from yijianshi.cases.queries.views import CorrectionNotice
from yijianshi.kernel.errors import NotFound

FERTILITY = "fertility-registration"
MARRIAGE = "marriage-certificate"


@pytest.fixture
def application_id(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def case(application_id: UUID, code: str = BIRTH) -> Case:
    return newborn.case_of(application_id, code)


def notice(town: Town, application_id: UUID) -> CorrectionNotice | None:
    return queries.open_corrections(application_id, by=town.wang_fang.actor)


def test_all_departments_requests_are_one_notice_that_leads_to_the_exact_places(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"), ("material", MARRIAGE))
    ask(town, case(application_id, FERTILITY), ("field", "residence.region"))
    merged = notice(town, application_id)
    assert merged is not None
    assert [(entry.kind, entry.name, entry.entity) for entry in merged.entries] == [
        ("field", "child.name", "child"),
        ("material", MARRIAGE, ""),
        ("field", "residence.region", "residence"),
    ]
    assert {entry.department.zh for entry in merged.entries} == {"郑州市金水区妇幼保健院", "金水区卫生健康委员会"}
    assert merged.respond_by == case(application_id).act_by
    progress = queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY)
    assert progress.overall is Overall.WAITING_FOR_YOU


def test_one_answer_gives_every_department_its_case_back(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"), ("material", MARRIAGE))
    ask(town, case(application_id, FERTILITY), ("field", "residence.region"))
    hand_in(town, application_id, MARRIAGE, later(1))
    answer(town, application_id, later(1), child__name="李小满满", residence__region="410105")
    for code in (BIRTH, FERTILITY):
        back = case(application_id, code)
        assert (back.state, back.received_on) == ("RECEIVED", later(1).date())
        assert acts.moves_of(back) == ["split", "request_correction", "correct"]
    assert applications.all_facts(application_id, by=town.wang_fang.actor)["child.name"] == "李小满满"
    assert notice(town, application_id) is None
    acts.check_dates_replay(application_id)
    with pytest.raises(NothingToCorrect):
        answer(town, application_id, later(1), child__name="又改")


def test_half_an_answer_changes_nothing_and_says_what_is_open(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"), ("field", "birth.hospital"), ("material", MARRIAGE))
    with pytest.raises(StillOpen) as refused:
        answer(town, application_id, later(1), child__name="李大满")
    assert refused.value.params["count"] == 2
    with pytest.raises(StillOpen):
        answer(town, application_id, later(1), child__name="", birth__hospital="")
    assert case(application_id).state == "CORRECTION_REQUESTED"
    assert applications.all_facts(application_id, by=town.wang_fang.actor)["child.name"] == "李小满"


def test_a_corrected_value_that_is_wrong_again_is_refused(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.birth_date"))
    with pytest.raises(NotReady) as refused:
        answer(town, application_id, later(1), child__birth_date="2030-01-01")
    assert {problem.name for problem in refused.value.problems} == {"child.birth_date"}
    assert case(application_id).state == "CORRECTION_REQUESTED"


def test_what_was_not_asked_for_cannot_be_changed_along_with_it(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"))
    answer(town, application_id, later(1), child__name="李小满满", bank__account="6222020000000000018")
    assert applications.all_facts(application_id, by=town.wang_fang.actor)["bank.account"] != "6222020000000000018"


def test_a_verified_value_stays_verified_when_a_correction_asks_for_it(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "mother.id_number"))
    answer(town, application_id, later(1), mother__id_number="410105199309031177")
    assert applications.all_facts(application_id, by=town.wang_fang.actor)["mother.id_number"] == WANG_FANG.id_number
    assert case(application_id).state == "RECEIVED"


def test_a_second_notice_may_repeat_but_ask_nothing_new(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"))
    answer(town, application_id, later(1), child__name="李小满满")
    with pytest.raises(OneTimeNoticeUsed):
        ask(town, case(application_id), ("field", "child.name"), ("field", "birth.hospital"), at=later(1))
    ask(town, case(application_id), ("field", "child.name"), at=later(1))
    assert case(application_id).correction_rounds == 2


@pytest.mark.parametrize(
    ("points", "refusal"),
    [
        ((), CorrectionEmpty),
        ((("field", "no.such"),), CorrectionNotAskable),
        ((("field", "bank.account"),), CorrectionNotAskable),  # another department's business
        ((("field", "birth_certificate.number"),), CorrectionNotAskable),  # their own result
        ((("material", "other-papers"),), CorrectionNotAskable),  # no catch-all materials
        ((("material", "surname-statement"),), CorrectionNotAskable),
    ],
)
def test_a_notice_the_applicant_could_never_answer_is_refused(
    town: Town, application_id: UUID, points: tuple[tuple[str, str], ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(town, case(application_id), *points)
    assert case(application_id).state == "RECEIVED"


def test_an_earlier_departments_result_is_not_asked_of_the_applicant(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, BIRTH, MONDAY)
    with pytest.raises(CorrectionNotAskable):
        ask(town, case(application_id, POLICE), ("field", "birth_certificate.number"))


def test_a_request_says_how_in_words(town: Town, application_id: UUID) -> None:
    entries = (CorrectionEntry("field", "child.name", "  "),)
    request = commands.CorrectionRequest(case_id=case(application_id).id, entries=entries)
    with pytest.raises(CorrectionUnclear):
        commands.request_corrections([request], by=town.staff["hospital"].actor, at=MONDAY)


def test_a_material_that_was_full_can_still_be_corrected(town: Town, application_id: UUID) -> None:
    """The marriage certificate takes four files; what was handed in before does not count against the correction."""
    ask(town, case(application_id), ("material", MARRIAGE))
    hand_in(town, application_id, MARRIAGE, later(1), count=4)
    with pytest.raises(TooManyFiles):
        hand_in(town, application_id, MARRIAGE, later(1))
    answer(town, application_id, later(1))
    handed_in = next(one for one in applications.materials_of(application_id) if one.code == MARRIAGE)
    assert len(handed_in.files) == 5  # the first one stays as evidence


def test_files_are_taken_only_for_what_an_open_notice_asks(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("material", MARRIAGE))
    with pytest.raises(NothingToCorrect):
        hand_in(town, application_id, "applicant-id-card", later(1))
    commands.withdraw(application_id, [BIRTH], by=town.wang_fang.actor, at=later(1))
    with pytest.raises(NothingToCorrect):
        hand_in(town, application_id, MARRIAGE, later(1))


def test_strangers_find_no_notice_and_answer_none(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"), ("material", MARRIAGE))
    by = town.stranger.actor
    mine = commands.CorrectionAnswer(application_id=application_id, values={"child.name": "赵"})
    with pytest.raises(NotFound):
        queries.open_corrections(application_id, by=by)
    with pytest.raises(NotFound):
        commands.answer_corrections(mine, by=by, at=MONDAY)
    with pytest.raises(NotFound):
        commands.attach_correction(application_id=application_id, material=MARRIAGE, file_ids=[], by=by, at=MONDAY)


def test_only_the_own_department_asks_and_only_before_acceptance(town: Town, application_id: UUID) -> None:
    entries = (CorrectionEntry("field", "child.name", "请改"),)
    request = commands.CorrectionRequest(case_id=case(application_id).id, entries=entries)
    for by in (town.staff["police"].actor, town.wang_fang.actor):
        with pytest.raises(NotFound):
            commands.request_corrections([request], by=by, at=MONDAY)
    commands.accept([request.case_id], by=town.staff["hospital"].actor, at=MONDAY)
    with pytest.raises(NotThisWay):
        commands.request_corrections([request], by=town.staff["hospital"].actor, at=MONDAY)


def test_an_unanswered_notice_returns_the_case_and_only_what_depends_on_it(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"))
    last_day = case(application_id).act_by
    assert last_day is not None
    on_last_day = MONDAY + (last_day - MONDAY.date())
    assert commands.return_unanswered_corrections(at=on_last_day) == 0
    assert commands.return_unanswered_corrections(at=on_last_day + timedelta(days=1)) == 1
    assert commands.return_unanswered_corrections(at=on_last_day + timedelta(days=1)) == 0
    assert case(application_id).state == "RETURNED"
    assert case(application_id, POLICE).state == "TERMINATED"
    assert case(application_id, FERTILITY).state == "RECEIVED"
    assert notice(town, application_id) is None
    assert Correction.objects.get(case_id=case(application_id).id).answered_at is None


def test_the_applicants_days_to_correct_leave_out_the_long_holiday(town: Town) -> None:
    """Fifteen working days from 24 September 2026: Mid-autumn and National Day off, 10 October made up (国办 notice)."""
    at = MONDAY.replace(month=9, day=24)
    application_id = newborn.apply(town, at)
    ask(town, case(application_id), ("field", "child.name"), at=at)
    assert str(case(application_id).act_by) == "2026-10-22"


def test_what_an_issued_certificate_states_is_not_asked_to_be_changed(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, BIRTH, MONDAY)
    with pytest.raises(AlreadyCertified) as refused:
        ask(town, case(application_id, POLICE), ("field", "child.name"))
    assert refused.value.field == "child.name"
    assert "出生医学证明" in refused.value.text.zh
    assert case(application_id, POLICE).state == "RECEIVED"
    ask(town, case(application_id, POLICE), ("field", "household.address"))


def test_what_no_certificate_states_yet_may_be_corrected(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"))
    assert case(application_id).state == "CORRECTION_REQUESTED"


GUIDANCE = "parenting-guidance"


@pytest.fixture
def certified_meanwhile(town: Town, application_id: UUID) -> UUID:
    """Two fields are asked for; then the hospital's certificate states one of them."""
    ask(town, case(application_id, GUIDANCE), ("field", "child.name"), ("field", "residence.region"))
    newborn.approve(town, application_id, BIRTH, MONDAY)
    return application_id


def test_a_field_certified_while_its_correction_is_open_cannot_be_changed_behind_the_certificate(
    town: Town, certified_meanwhile: UUID
) -> None:
    with pytest.raises(CertifiedMeanwhile) as refused:
        answer(town, certified_meanwhile, later(1), child__name="李大满", residence__region="410105")
    assert refused.value.field == "child.name"
    assert "出生医学证明" in refused.value.text.zh
    assert applications.all_facts(certified_meanwhile, by=town.wang_fang.actor)["child.name"] == "李小满"
    assert case(certified_meanwhile, GUIDANCE).state == "CORRECTION_REQUESTED"


@pytest.mark.parametrize("name", ["李小满", "", None])
def test_the_rest_of_the_correction_is_answered_and_the_certified_field_counts_as_settled(
    town: Town, certified_meanwhile: UUID, name: str | None
) -> None:
    merged = notice(town, certified_meanwhile)
    assert merged is not None
    assert {entry.name: entry.is_certified for entry in merged.entries} == {"child.name": True, "residence.region": False}
    with pytest.raises(StillOpen):
        answer(town, certified_meanwhile, later(1), child__name=name)
    answer(town, certified_meanwhile, later(1), child__name=name, residence__region="410105")
    assert case(certified_meanwhile, GUIDANCE).state == "RECEIVED"


def test_the_desk_sees_which_fields_are_certified(town: Town, certified_meanwhile: UUID) -> None:
    waiting = case(certified_meanwhile, GUIDANCE)
    facts = queries.get_case(waiting.id, by=newborn.officer_of(town, waiting), at=MONDAY).facts
    certified = {fact.name: fact.certified.certificate.zh for fact in facts if fact.certified}
    assert certified == {"child.name": "出生医学证明"}
