"""The town at nine o'clock on a Monday, and citizens who log in through the page."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.town.people import MONDAY, Town
from tests.town.standing import standing_town
from yijianshi.foundation import clock


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town with its content, founded once for the file."""
    with standing_town(django_db_blocker) as town:
        yield town


@pytest.fixture
def town(standing: Town, db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The town; all requests see Monday, nine o'clock."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return standing
