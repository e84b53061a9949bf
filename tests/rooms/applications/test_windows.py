"""Outside the windows nothing is submitted, by whatever door; drafts are kept, and what was submitted in time stays so."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands, queries
from yijianshi.catalogue.logic.windows import BEIJING, OutsideWindow

WINDOW = (
    "windows: [{label: {zh: 春季, en: Spring}, opens: 2026-03-10, closes: 2026-03-11, hours: '09:00-17:00', confidence: D}]\n"
)


@pytest.fixture
def draft_id(town: Town, tmp_path: Path) -> UUID:
    changed.publish(tmp_path, {"things/newborn/thing.yaml": ("texts:", f"{WINDOW}texts:")}, MONDAY)
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=BEIJING)


def send(town: Town, draft_id: UUID, when: datetime, key: str) -> commands.Receipt:
    one = commands.Submission(application_id=draft_id, idempotency_key=key, declaration=True)
    return commands.submit([one], by=town.wang_fang.actor, at=when)[0]


def test_a_draft_is_kept_outside_and_submitted_inside(town: Town, draft_id: UUID) -> None:
    with pytest.raises(OutsideWindow) as refused:
        send(town, draft_id, at("2026-03-10T08:59:59"), "early")
    assert refused.value.status == 409
    assert "2026年3月10日（周二）09:00" in refused.value.text.zh
    draft = queries.get_draft(draft_id, by=town.wang_fang.actor, at=at("2026-03-10T08:59:59"))
    assert draft.problems == ()
    assert not draft.ready
    assert not draft.intake.is_open
    assert queries.get_draft(draft_id, by=town.wang_fang.actor, at=at("2026-03-10T09:00:00")).ready
    receipt = send(town, draft_id, at("2026-03-10T09:00:00"), "in time")
    assert send(town, draft_id, at("2026-03-20T09:00:00"), "in time") == receipt  # repeated after the end: the same receipt


def test_when_it_is_over_it_says_so(town: Town, draft_id: UUID) -> None:
    with pytest.raises(OutsideWindow) as refused:
        send(town, draft_id, at("2026-03-11T17:00:00"), "late")
    assert "受理已经结束" in refused.value.text.zh
    assert "17:00" in refused.value.text.en
    send(town, draft_id, at("2026-03-11T16:59:59"), "last second")


def test_one_item_of_it_alone_keeps_the_same_times(town: Town, draft_id: UUID) -> None:
    single = newborn.fill_in(town.wang_fang.actor, MONDAY, thing="item:birth-certificate-first-issue")
    with pytest.raises(OutsideWindow):
        send(town, single, MONDAY, "single")
