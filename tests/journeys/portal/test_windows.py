"""A one-thing with a season: shown before anything is asked, refused outside in words, taken inside; the same by the API."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town import changed, newborn
from tests.town.people import MONDAY, Town

WINDOW = (
    "windows: [{label: {zh: 春季, en: Spring}, opens: 2026-03-10, closes: 2026-03-11, hours: '09:00-17:00', confidence: D}]\n"
)
NEXT = "2026年3月10日（周二）09:00"


@pytest.fixture
def season(town: Town, tmp_path: Path) -> None:
    changed.publish(tmp_path, {"things/newborn/thing.yaml": ("texts:", f"{WINDOW}texts:")}, MONDAY)


def test_the_pages_show_the_season_and_refuse_outside_it(season: None, town: Town, log_in: LogIn) -> None:
    shown = Client().get("/things/newborn/").content.decode()
    assert "2026年3月10日（周二）至2026年3月11日（周三），每天 09:00-17:00" in shown
    assert NEXT in Client().get("/things/newborn/guide/").content.decode()
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    browser = log_in("wangfang")
    check = f"/applications/{draft_id}/check/"
    assert NEXT in browser.get(check).content.decode()
    answer = browser.post(check, {"idempotency_key": str(uuid4()), "declaration": "yes"})
    assert answer.status_code == 409
    assert NEXT in answer.content.decode()
    assert NEXT in browser.get(f"/applications/{draft_id}/").content.decode()  # the draft is still there


def test_the_api_answers_409_with_the_same_words(season: None, town: Town, log_in: LogIn) -> None:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    browser = log_in("wangfang")
    draft = browser.get(f"/api/v1/applications/{draft_id}/draft").json()
    assert draft["intake"]["open"] is False
    assert NEXT in draft["intake"]["text"]["zh"]
    assert draft["ready"] is False
    answer = browser.post(
        f"/api/v1/applications/{draft_id}/submit",
        json.dumps({"declaration": True}),
        content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )
    assert answer.status_code == 409
    assert NEXT in answer.json()["detail"]
