"""Showing part of a certificate: what is shown is provable, what is hidden stays hidden."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.certificates.logic import disclosure
from yijianshi.certificates.logic.disclosure import Line
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.pki import authority, chain, sm2
from yijianshi.kernel.pki.authority import Wanted
from yijianshi.kernel.pki.certificates import Name
from yijianshi.kernel.seals import making
from yijianshi.kernel.seals.structures import Picture, SealInfo
from yijianshi.kernel.text import Text

AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)
YEAR = timedelta(days=365)
KEY = sm2.generate()
ROOT = authority.make_root(Wanted(Name("根"), KEY.public, AT - YEAR, AT + YEAR, 1, True), KEY)
INFO = SealInfo(
    es_id="1",
    kind=1,
    name="公安局专用章",
    created_at=AT,
    valid_from=AT - YEAR,
    valid_to=AT + YEAR,
    picture=Picture("PNG", b"x", 1, 1),
    certificates=(ROOT.der,),
)
SEAL = making.make_seal(INFO, signer=KEY, certificate=ROOT.der)
LINES = [
    Line("name", Text("姓名", "Name"), Text("王芳", "Wang Fang")),
    Line("born", Text("出生日期", "Born"), Text("1995年5月12日", "12 May 1995")),
    *disclosure.age_lines("born", date(1995, 5, 12), date(2026, 3, 2)),
]
SALTS = [bytes([number]) * 16 for number in range(len(LINES))]
PREPARED = disclosure.prepare(LINES, SALTS, name="居民身份证", issuer="公安局", purpose="入住", at=AT)
SEALING = making.seal_document(
    SEAL, data_hash=disclosure.hash_of(PREPARED), property_info="disclosure", at=AT, signer=KEY, certificate=ROOT.der
)
SHOWN = disclosure.finish(PREPARED, SEALING, LINES, SALTS, {"born:18"})


def check(document: object) -> disclosure.Verdict:
    return disclosure.check(document, chain.Trusted([ROOT]), at=AT)


def test_over_eighteen_and_nothing_else() -> None:
    verdict = check(json.loads(json.dumps(SHOWN)))
    assert verdict.lines == (("年满 18 周岁", "是", True),)
    assert verdict.holds
    assert (verdict.name, verdict.issuer, verdict.purpose) == ("居民身份证", "公安局", "入住")
    text = json.dumps(SHOWN, ensure_ascii=False)
    for hidden in ("王芳", "1995-05-12", "姓名", SALTS[0].hex()):
        assert hidden not in text


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        (date(2008, 3, 3), date(2026, 3, 2), "否"),
        (date(2008, 3, 2), date(2026, 3, 2), "是"),
        (date(2008, 2, 29), date(2026, 2, 28), "否"),
        (date(2008, 2, 29), date(2026, 3, 1), "是"),
    ],
)
def test_ages_are_counted_to_the_day(born: date, today: date, expected: str) -> None:
    (line,) = (one for one in disclosure.age_lines("x", born, today) if one.name == "x:18")
    assert line.words.zh == expected


@pytest.mark.parametrize(
    "bend",
    [
        lambda one: {**one, "revealed": [[one["revealed"][0][0], "年满 18 周岁", "否"]]},
        lambda one: {**one, "revealed": [["00" * 16, "年满 18 周岁", "是"]]},
        lambda one: {**one, "purpose": "贷款"},
        lambda one: {**one, "name": "护照"},
        lambda one: {**one, "digests": [*one["digests"], disclosure.digest(b"s", "姓名", "李强")]},
        lambda one: {**one, "made_at": "2030-01-01T00:00:00+00:00"},
    ],
)
def test_what_was_bent_does_not_hold(bend: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    assert not check(bend(dict(SHOWN))).holds


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {**SHOWN, "kind": "x"},
        {**SHOWN, "sealing": "zz"},
        {**SHOWN, "revealed": [["zz", "a", "b"]]},
        {**SHOWN, "name": 5},
    ],
)
def test_what_is_no_showing_is_refused(document: object) -> None:
    with pytest.raises(disclosure.DisclosureUnreadable):
        check(document)


JSON = st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda part: st.lists(part, max_size=4), max_leaves=9)


@given(st.sampled_from(sorted(SHOWN)), JSON)
def test_nonsense_never_breaks_it(name: str, value: object) -> None:
    try:
        verdict = check({**SHOWN, name: value})
    except DomainError:
        return
    assert not verdict.holds or value == SHOWN[name]
