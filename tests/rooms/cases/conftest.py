import pytest

from tests.town.newborn import publish
from tests.town.people import MONDAY, Town, found_town


@pytest.fixture
def town(db: None) -> Town:
    """The town with the real content published."""
    found = found_town()
    publish(MONDAY)
    return found
