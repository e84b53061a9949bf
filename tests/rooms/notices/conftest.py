from collections.abc import Iterator

import pytest
from django.test import override_settings
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


@pytest.fixture
def gateways() -> Iterator[None]:
    """A house with both gateways; nothing listens there."""
    with override_settings(SMS_ADDRESS="http://127.0.0.1:9", MAIL_ADDRESS="smtp://127.0.0.1:9"):
        yield
