"""A body that is no authority serves: a service slip, a place to complain, no words of administrative law."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands, queries
from yijianshi.cases.logic.states import State

ITEM = "vaccination-record"
NO_SILENCE = (
    "  correction: {authority_working_days: null, applicant_working_days: 15,"
    " recheck: {working_days: null, confidence: D}, confidence: D}"
)
CDC = [f"items/cdc/{path.name}" for path in sorted((Path(settings.CONTENT_DIR) / "items" / "cdc").glob("*.yaml"))]


def as_organisation(path: str) -> tuple[str, str]:
    old = (Path(settings.CONTENT_DIR) / path).read_text(encoding="utf-8")
    new = re.sub(r"procedure: {licensing_law: \w+", "nature: ORGANISATION\nprocedure: {licensing_law: NONE", old)
    new = re.sub(r"remedies:\n(  .*\n)+", "remedies: null\n", new)
    lines = [NO_SILENCE if line.strip().startswith("correction:") else line for line in new.splitlines()]
    return old, "\n".join(lines) + "\n"


@pytest.fixture
def application_id(town: Town, tmp_path: Path) -> UUID:
    changed.publish(tmp_path, {path: as_organisation(path) for path in CDC}, MONDAY)
    found = newborn.apply(town, MONDAY)
    newborn.approve(town, found, "birth-certificate-first-issue", MONDAY)
    return found


def test_states_actions_and_the_worklist_speak_of_service(town: Town, application_id: UUID) -> None:
    case = newborn.case_of(application_id, ITEM)
    officer = town.staff["cdc"].actor
    view = queries.get_case(case.id, by=officer, at=MONDAY)
    assert view.state_text.zh == "已收件，待核对"
    assert {action.label.zh for action in view.allowed} >= {"接单", "不接单", "办妥"}
    assert not any("行政许可法" in action.basis for action in view.allowed)
    (row,) = [one for one in queries.list_worklist(by=officer, at=MONDAY).rows if one.id == case.id]
    assert row.is_service
    assert "受理" not in row.needs_action.zh
    authority = newborn.case_of(application_id, "household-registration-birth")
    assert not queries.get_case(authority.id, by=town.staff["police"].actor, at=MONDAY).is_service


def test_a_refusal_is_a_service_slip_with_a_place_to_complain(town: Town, application_id: UUID) -> None:
    case = newborn.case_of(application_id, ITEM)
    officer = town.staff["cdc"].actor
    commands.accept([case.id], by=officer, at=MONDAY)
    commands.refuse([commands.Refusal(case_id=case.id, reason="查不到接种记录", basis="服务规范")], by=officer, at=MONDAY)
    progress = queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY)
    station = next(one for one in progress.stations if one.item_code == ITEM)
    assert (station.state, station.state_text.zh) == (State.REFUSED, "未能办理")
    assert "服务单" in station.explains.zh
    assert station.decision is not None
    assert station.decision.is_slip
    (told,) = station.decision.remedies
    assert "12345" in told.zh
    assert "复议" not in told.zh
    said = [line.text.zh for line in progress.history]
    assert any("办不了" in text for text in said)
    assert not any("不予批准" in text for text in said)
