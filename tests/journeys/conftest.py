"""What every journey through a page begins with: somebody who logs in through the door."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.town.people import PASSWORD, Town
from yijianshi.foundation.transparency import mirrors

LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _fits_its_history(request: pytest.FixtureRequest) -> Iterator[None]:
    """Find no row after a journey that its history does not tell of, unless the test wrote rows by hand."""
    uses_database = request.node.get_closest_marker("django_db") or "_django_db_helper" in request.fixturenames
    if "by_hand" in request.keywords or not uses_database:
        yield
        return
    request.getfixturevalue("_django_db_helper")  # ends after this does
    yield
    assert [one.en for one in mirrors.compare()] == []


@pytest.fixture
def log_in(town: Town) -> LogIn:
    """Log somebody in with the town's password and return the browser."""

    def enter(username: str) -> Client:
        browser = Client()
        answer = browser.post("/login/", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return browser

    return enter
