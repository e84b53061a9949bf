"""A burst of guesses at the same moment gets no more than one after the other."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.town.people import MONDAY
from yijianshi.identity import commands
from yijianshi.kernel.errors import DomainError


def guess(_: int) -> str:
    try:
        commands.log_in("wangfang", "a wrong password", "203.0.113.7", MONDAY)
    except DomainError as error:
        return error.code
    finally:
        connection.close()
    return "in"


@pytest.mark.django_db(transaction=True)
def test_twelve_guesses_at_once_count_as_twelve() -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = Counter(pool.map(guess, range(12)))
    assert answers == {"wrong-credentials": 5, "try-again-later": 7}
