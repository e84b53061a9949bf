from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.rooms.crossregion import acts
from tests.town.people import Town
from tests.town.standing import standing_town
from yijianshi.exchange import queries


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town with the real content published, founded once for the module."""
    with standing_town(django_db_blocker) as town:
        yield town


@pytest.fixture
def town(standing: Town, db: None) -> Iterator[Town]:
    """The town, with another region's deployment entered."""
    acts.enter_peer()
    yield standing
    queries.forget_neighbours()
