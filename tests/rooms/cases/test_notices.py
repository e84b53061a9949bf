"""Public notices and statutory waits: nobody approves before the end, and the end comes by itself, once."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.rooms.cases.acts import check_dates_replay, moves_of
from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands, queries
from yijianshi.cases.commands.moves import NotThisWay
from yijianshi.cases.commands.notice import NoticeStillRuns
from yijianshi.cases.models import Case, ClockEntry, Decision
from yijianshi.foundation import history

COMPLETES, DECIDES = "parenting-guidance", "fertility-registration"  # both begin at once
TIMER = (
    "timer: {{kind: {kind}, days: 20, then: {then}, text: {{zh: 公告二十天, en: Twenty days' notice}}, basis: 示范条例第五条,"
    " confidence: D}}\nlimits:"
)
LAST = date(2026, 3, 23)  # 2 March + 20 days is a Sunday: art. 203


def on(day: int, month: int = 3) -> datetime:
    return MONDAY.replace(month=month, day=day)


@pytest.fixture
def accepted(town: Town, tmp_path: Path) -> tuple[Case, Case]:
    """The two cases, accepted on the Monday."""
    changes = {
        "items/health/parenting-guidance.yaml": ("limits:", TIMER.format(kind="PUBLIC_NOTICE", then="COMPLETE")),
        "items/health/fertility-registration.yaml": ("limits:", TIMER.format(kind="STATUTORY_WAIT", then="DECIDE")),
    }
    folder = tmp_path / "first"
    changed.publish(folder, changes, MONDAY, {"items/health/parenting-guidance.yaml": PRODUCES})
    application_id = newborn.apply(town, MONDAY)
    for code in (COMPLETES, DECIDES):
        case = newborn.case_of(application_id, code)
        commands.accept([case.id], by=newborn.officer_of(town, case), at=MONDAY)
    return newborn.case_of(application_id, COMPLETES), newborn.case_of(application_id, DECIDES)


PRODUCES = (
    "produces:\n  facts: [guidance.registration_number]\n  certificates: [parenting-guidance-registration]\n",
    "",
)


def test_acceptance_begins_it_and_says_until_when(accepted: tuple[Case, Case]) -> None:
    completes, _ = accepted
    assert (completes.notice_until, completes.act_by, completes.promised_on) == (LAST, None, date(2026, 3, 24))
    entry = ClockEntry.objects.get(case_id=completes.id, kind="NOTICE_BEGUN")
    assert (entry.on, entry.reason, entry.basis, entry.by) == (date(2026, 3, 2), "PUBLICITY", "示范条例第五条", "系统")
    assert "到2026年3月23日（周一）为止" in entry.note
    check_dates_replay(completes.application_id)


def test_nobody_approves_on_the_last_day_the_officer_may_on_the_next(town: Town, accepted: tuple[Case, Case]) -> None:
    _, decides = accepted
    with pytest.raises(NoticeStillRuns) as refused:
        newborn.approve(town, decides.application_id, DECIDES, on(23))
    assert refused.value.status == 409
    assert "最后一天是2026年3月23日（周一）" in refused.value.text.zh
    newborn.approve(town, decides.application_id, DECIDES, on(24))
    assert newborn.case_of(decides.application_id, DECIDES).state == "COMPLETED"


def test_a_case_just_received_cannot_be_approved_past_its_notice(town: Town, tmp_path: Path) -> None:
    changes = {"items/health/fertility-registration.yaml": ("limits:", TIMER.format(kind="STATUTORY_WAIT", then="DECIDE"))}
    changed.publish(tmp_path, changes, MONDAY)
    application_id = newborn.apply(town, MONDAY)
    with pytest.raises(NoticeStillRuns):
        newborn.approve(town, application_id, DECIDES, MONDAY)
    case = newborn.case_of(application_id, DECIDES)
    assert (case.state, case.notice_until) == ("RECEIVED", None)  # nothing was half done
    view = queries.get_case(case.id, by=newborn.officer_of(town, case), at=MONDAY)
    assert "approve" not in {action.code for action in view.allowed}


def test_the_house_completes_after_the_last_day_once_by_the_published_rule(accepted: tuple[Case, Case]) -> None:
    completes, _ = accepted
    assert commands.end_notices(at=on(23)) == 0
    assert commands.end_notices(at=on(24)) == 2  # the other goes back to its officer
    assert commands.end_notices(at=on(24)) == 0
    case = newborn.case_of(completes.application_id, COMPLETES)
    assert (case.state, case.notice_until) == ("COMPLETED", None)
    decision = Decision.objects.get(case_id=case.id)
    assert (decision.outcome, decision.basis, decision.decided_by) == ("APPROVED", "示范条例第五条", "系统")
    assert moves_of(case) == ["split", "accept", "begin_notice", "approve"]
    last = history.list_for("case", case.id)[-1].entry
    assert "按公布的规则由系统办结" in last.reason
    assert last.actor["kind"] == "SYSTEM"
    assert history.verify() is None


def test_what_an_officer_decides_comes_back_to_the_desk_that_day(town: Town, accepted: tuple[Case, Case]) -> None:
    _, decides = accepted
    officer = newborn.officer_of(town, decides)
    before = next(row for row in queries.list_worklist(by=officer, at=on(23)).rows if row.id == decides.id)
    assert "2026年3月23日" in before.needs_action.zh
    assert "approve" not in before.actions
    assert "refuse" in before.actions
    commands.end_notices(at=on(24))
    case = newborn.case_of(decides.application_id, DECIDES)
    assert (case.state, case.act_by, case.notice_until) == ("ACCEPTED", case.promised_on, None)
    assert moves_of(case)[-1] == "end_notice"
    after = next(row for row in queries.list_worklist(by=officer, at=on(24)).rows if row.id == decides.id)
    assert "approve" in after.actions
    check_dates_replay(case.application_id)


def test_an_objection_may_end_it_in_a_refusal_and_the_sweep_leaves_that_alone(town: Town, accepted: tuple[Case, Case]) -> None:
    completes, _ = accepted
    refusal = commands.Refusal(case_id=completes.id, reason="公告期内有债权人提出异议。")
    commands.refuse([refusal], by=newborn.officer_of(town, completes), at=on(10))
    commands.end_notices(at=on(24))
    assert newborn.case_of(completes.application_id, COMPLETES).state == "REFUSED"
    with pytest.raises(NotThisWay):
        newborn.approve(town, completes.application_id, COMPLETES, on(24))


def test_the_track_says_until_when_and_why(town: Town, accepted: tuple[Case, Case]) -> None:
    completes, _ = accepted
    progress = queries.progress(completes.application_id, by=town.wang_fang.actor, at=on(5))
    station = next(one for one in progress.stations if one.item_code == COMPLETES)
    assert station.notice is not None
    assert (station.notice.until, station.notice.runs) == (LAST, True)
    assert "公告二十天" in station.explains.zh
    assert "2026年3月23日" in station.explains.zh
    assert station.due_on == completes.promised_on


def test_silence_begins_the_notice_on_the_day_it_is_established(town: Town, tmp_path: Path) -> None:
    changes = {"items/health/fertility-registration.yaml": ("limits:", TIMER.format(kind="STATUTORY_WAIT", then="DECIDE"))}
    changed.publish(tmp_path, changes, MONDAY)
    application_id = newborn.apply(town, MONDAY)
    commands.deem_silent_cases_accepted(at=on(10))
    case = newborn.case_of(application_id, DECIDES)
    assert (case.state, case.notice_until) == ("ACCEPTED", date(2026, 3, 30))
    check_dates_replay(application_id)
