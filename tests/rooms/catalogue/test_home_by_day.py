"""The front page and its search show what is in force that day, not what begins later."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from yijianshi.catalogue import commands
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM

DAYS = {datetime(2025, 12, 31, 4, 0, tzinfo=UTC): False, datetime(2026, 3, 2, 4, 0, tzinfo=UTC): True}


@pytest.mark.django_db
@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("page", ["/", "/?q=stall"])
def test_a_thing_is_shown_from_its_day_on(content: Path, monkeypatch: pytest.MonkeyPatch, at: datetime, page: str) -> None:
    commands.publish(content, by=SYSTEM, at=at)
    monkeypatch.setattr(clock, "now", lambda: at)
    assert ("/things/stall/" in Client().get(page).content.decode()) is DAYS[at]
