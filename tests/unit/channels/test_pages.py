"""The form in few pages: whole groups, in order, evenly filled; what is known stands apart."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from yijianshi.applications.queries.views import FormGroup
from yijianshi.channels.portal.presenting import pages
from yijianshi.kernel.text import Text

sizes = st.lists(st.integers(1, 9), min_size=1, max_size=9).map(tuple)


def group(number: int) -> FormGroup:
    return FormGroup(f"g{number}", Text(f"组{number}", f"Group {number}"), ())


def squares(counts: tuple[int, ...], cuts: tuple[int, ...]) -> int:
    return sum(sum(counts[start:end]) ** 2 for start, end in zip((0, *cuts), (*cuts, len(counts)), strict=True))


@given(sizes, st.integers(1, 4))
def test_cuts_are_the_most_even_there_are(counts: tuple[int, ...], parts: int) -> None:
    cuts = pages._cuts(counts, parts)
    inner = range(1, len(counts))
    best = min(squares(counts, way) for most in range(min(parts, len(counts))) for way in combinations(inner, most))
    assert len(cuts) < parts or parts == 1
    assert squares(counts, cuts) == best


@given(sizes)
def test_every_group_stands_on_one_page_in_order_and_few_fields_need_few_pages(counts: tuple[int, ...]) -> None:
    asked = [(group(number), count) for number, count in enumerate(counts)]
    parts = pages._parts(asked)
    assert [one for part in parts for one in part] == asked
    assert len(parts) <= pages.MOST_PAGES
    assert sum(counts) > pages.FIELDS_A_PAGE or len(parts) == 1


def test_a_page_is_called_after_its_groups_and_lives_at_the_first() -> None:
    page = pages._page((group(1), group(2), group(1)))
    assert page.label == Text("组1、组2", "Group 1, Group 2")
    assert page.entity == "g1"
    assert page.fields == ()
    assert page.complete


def test_nothing_asked_is_no_page() -> None:
    none: list[tuple[FormGroup, int]] = []
    assert pages._parts(none) == []
