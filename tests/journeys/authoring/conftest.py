"""The town with its content published, and authors who log in through the door."""

import pytest

from tests.town import newborn
from tests.town.people import JINSHUI, MONDAY, Town, add_staff, found_town
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import Role


class Now:
    """The moment all requests of a test see."""

    def __init__(self) -> None:
        self.at = MONDAY


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    """A clock that stands still until it is moved."""
    moment = Now()
    monkeypatch.setattr(clock, "now", lambda: moment.at)
    return moment


@pytest.fixture
def town(db: None, now: Now) -> Town:
    """The town with the real content published, two authors, a supervisor and a clerk."""
    found = found_town()
    newborn.publish(now.at)
    office = f"government-service-{JINSHUI}"
    for name, role in (("fang", Role.AUTHOR), ("bai", Role.AUTHOR), ("watcher", Role.SUPERVISOR), ("clerk-only", Role.CLERK)):
        add_staff(office, name, frozenset({role}))
    return found
