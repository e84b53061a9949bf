"""A neighbour's own names and codes."""

from hypothesis import given
from hypothesis import strategies as st

from yijianshi.exchange.logic.mapping import Dialect

POLICE = Dialect({"child.name": "XM", "child.sex": "XB"}, {"child.sex": {"MALE": "1", "FEMALE": "2"}})


def test_names_and_codes_go_out_and_come_back() -> None:
    facts = {"child.name": "李安安", "child.sex": "FEMALE", "household.number": "410105000101"}
    theirs = {"XM": "李安安", "XB": "2", "household.number": "410105000101"}
    assert POLICE.outward(facts) == theirs
    assert POLICE.inward(theirs) == facts


def test_a_code_nobody_knows_stays_as_it_is_so_that_the_check_of_values_can_name_it() -> None:
    assert POLICE.inward({"XB": "9"}) == {"child.sex": "9"}


@given(
    st.dictionaries(
        st.sampled_from(["child.name", "child.sex", "other.fact"]), st.text("MALE12", max_size=5) | st.integers() | st.none()
    )
)
def test_out_and_back_is_the_same(facts: dict[str, object]) -> None:
    safe = {name: value for name, value in facts.items() if value not in ("1", "2")}
    assert POLICE.inward(POLICE.outward(safe)) == safe


def test_points_of_a_correction_come_back_under_our_names() -> None:
    dialect = Dialect({"household.number": "HH"})
    point = {"kind": "field", "name": "HH", "text": "请再填一次"}
    paper = {"kind": "material", "name": "HH", "text": "请重新拍"}
    assert dialect.ours([point, paper, "x", {"kind": "field"}]) == [
        {**point, "name": "household.number"},
        paper,
        "x",
        {"kind": "field"},
    ]
    assert dialect.ours(None) is None
