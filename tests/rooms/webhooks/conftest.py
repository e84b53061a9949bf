from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.town.people import Town
from tests.town.standing import standing_town


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town with the real content published, founded once for the module."""
    with standing_town(django_db_blocker) as town:
        yield town


@pytest.fixture
def town(standing: Town, db: None) -> Town:
    """The town as this test finds it; what the test changes is rolled back."""
    return standing
