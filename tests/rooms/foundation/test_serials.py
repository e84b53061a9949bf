"""Serial numbers come in blocks, never twice."""

import pytest
from pytest_django import DjangoAssertNumQueries

from yijianshi.foundation import serials


@pytest.mark.django_db
def test_numbers_are_distinct_and_blocks_are_shared_out(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    serials._stock.clear()
    first = serials.take(3)
    assert first == list(range(first[0], first[0] + 3))
    many = serials.take(200)
    assert len({*first, *many}) == 203
    with django_assert_num_queries(0):
        assert len(serials.take(serials.BLOCK - 203 % serials.BLOCK)) == 53
    assert serials.take(0) == []
