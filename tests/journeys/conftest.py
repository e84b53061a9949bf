"""What every journey through a page begins with: somebody who logs in through the door."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.town.people import PASSWORD, Town

LogIn = Callable[[str], Client]


@pytest.fixture
def log_in(town: Town) -> LogIn:
    """Log somebody in with the town's password and return the browser."""

    def enter(username: str) -> Client:
        browser = Client()
        answer = browser.post("/login/", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return browser

    return enter
