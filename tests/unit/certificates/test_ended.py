"""The signed list of certificates that no longer hold."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.certificates.logic import ended
from yijianshi.kernel.pki import authority, chain, sm2
from yijianshi.kernel.pki.authority import Wanted
from yijianshi.kernel.pki.certificates import Name

AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)
YEAR = timedelta(days=365)
KEY, OTHER = sm2.generate(), sm2.generate()


def root(key: sm2.SoftwareSigner) -> chain.Trusted:
    return chain.Trusted([authority.make_root(Wanted(Name("根"), key.public, AT - YEAR, AT + YEAR, 1, True), key)])


TRUSTED = root(KEY)
MADE = ended.make([("1.2.156.B", "REVOKED", date(2026, 3, 1)), ("1.2.156.A", "CANCELLED", None)], signer=KEY, at=AT)


def test_who_holds_a_file_can_look_it_up_and_nobody_else() -> None:
    read = ended.read(json.loads(json.dumps(MADE)), TRUSTED)
    assert read.at == AT
    assert [read.state_of(one) for one in ("1.2.156.B", "1.2.156.A", "1.2.156.C")] == ["REVOKED", "CANCELLED", ""]
    assert [read.day_of(one) for one in ("1.2.156.B", "1.2.156.A", "1.2.156.C")] == ["2026-03-01", "", ""]
    assert "1.2.156" not in json.dumps(MADE)


@pytest.mark.parametrize(
    "bend",
    [
        lambda one: {**one, "ended": one["ended"][1:]},
        lambda one: {**one, "ended": [[one["ended"][0][0], "VALID", ""], one["ended"][1]]},
        lambda one: {**one, "ended": [[*entry[:2], "2020-01-01"] for entry in one["ended"]]},
        lambda one: {**one, "at": "2030-01-01T00:00:00+00:00"},
        lambda one: {**one, "kind": "x"},
        lambda one: {**one, "signature": "00"},
        lambda one: {name: part for name, part in one.items() if name != "signature"},
        lambda one: [],
        lambda one: None,
    ],
)
def test_what_was_bent_is_refused(bend: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ended.EndedListUnreadable):
        ended.read(bend(dict(MADE)), TRUSTED)


def test_a_strangers_list_is_refused() -> None:
    for trusted in (root(OTHER), chain.Trusted([])):
        with pytest.raises(ended.EndedListUnreadable):
            ended.read(MADE, trusted)


@given(
    st.sampled_from(sorted(MADE)), st.none() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=3)
)
def test_nonsense_is_refused(name: str, value: object) -> None:
    with pytest.raises(ended.EndedListUnreadable):
        ended.read({**MADE, name: value}, TRUSTED)
