"""The town, for every test of this room."""

import pytest

from tests.town.people import Town, found_town
from yijianshi.identity.queries.organisations import forget_organisations


@pytest.fixture
def town(db: None) -> Town:
    """Return the town, with a directory of organisations that belongs to this test alone."""
    forget_organisations()
    return found_town()
