"""Order within a thread: nothing is overtaken, nothing applied before what it follows."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from yijianshi.exchange.logic.ordering import ready, rounds


@dataclass(frozen=True)
class One:
    sequence: int


@given(st.sets(st.integers(1, 40)), st.integers(0, 30), st.randoms())
def test_what_is_ready_follows_without_a_hole(numbers: set[int], applied: int, order: object) -> None:
    waiting = [One(number) for number in numbers]
    order.shuffle(waiting)  # type: ignore[attr-defined]
    run = [one.sequence for one in ready(waiting, applied)]
    assert run == list(range(applied + 1, applied + 1 + len(run)))
    assert applied + 1 + len(run) not in numbers


@given(st.lists(st.integers(0, 6), max_size=8))
def test_rounds_keep_the_order_of_each_thread_and_lose_nothing(lengths: list[int]) -> None:
    threads = [[One(100 * place + number) for number in range(length)] for place, length in enumerate(lengths)]
    played = [one for together in rounds(threads) for one in together]
    assert sorted(one.sequence for one in played) == sorted(one.sequence for thread in threads for one in thread)
    for thread in threads:
        assert [one for one in played if one in thread] == thread
