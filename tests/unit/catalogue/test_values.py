"""What people write becomes values, and back; what cannot be read is explained, never guessed."""

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.catalogue.stall import stall
from yijianshi.catalogue.logic.schema import Element
from yijianshi.catalogue.logic.values import (
    UnknownFact,
    UnusableAnswer,
    decode,
    decode_answer,
    decode_facts,
    display,
    encode,
    encode_facts,
)

BEIJING = timezone(timedelta(hours=8))
OPTIONS = [{"code": "A", "label": {"zh": "甲", "en": "First"}}, {"code": "B", "label": {"zh": "乙", "en": "Second"}}]


def element(type_: str, **more: Any) -> Element:
    return Element.model_validate({"name": "x.y", "type": type_, "label": {"zh": "某项", "en": "Entry"}, **more})


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        ("TEXT", "  王芳 ", "王芳"),
        ("TEXT", "王\u200b芳\u0000", "王芳"),
        ("INT", "1,200", 1200),
        ("INT", "３", 3),
        ("INT", 7, 7),
        ("DECIMAL", "12.50", Decimal("12.50")),
        ("DECIMAL", 0.1, Decimal("0.1")),
        ("BOOL", "是", True),
        ("BOOL", "false", False),
        ("BOOL", True, True),
        ("DATE", "2026-03-02", date(2026, 3, 2)),
        ("DATE", "2026年3月2日", date(2026, 3, 2)),
        ("DATE", "2026/3/2", date(2026, 3, 2)),
        ("DATE", "20260302", date(2026, 3, 2)),
        ("DATETIME", "2026-03-02T08:30", datetime(2026, 3, 2, 8, 30, tzinfo=BEIJING)),
        ("CODE", "A", "A"),
        ("CODE", ["A"], "A"),
        ("LIST", ["B", "A", "B"], ("A", "B")),
        ("LIST", "A", ("A",)),
        ("LIST", [], ()),
        ("ID_NUMBER", "11010519491231002x", "11010519491231002X"),
        ("ID_NUMBER", "110105 19491231 002X", "11010519491231002X"),
        ("ACCOUNT", "6222 0000 0000 0000", "6222000000000000"),
    ],
)
def test_what_people_write_is_understood(type_: str, raw: object, value: object) -> None:
    options = {"options": OPTIONS} if type_ in ("CODE", "LIST") else {}
    assert decode(element(type_, **options), raw) == value


@pytest.mark.parametrize(
    ("type_", "raw", "words"),
    [
        ("INT", "3.5", "整数"),
        ("INT", "9" * 30, "有 30 位"),
        ("DECIMAL", "1e400", "数字"),
        ("DECIMAL", "NaN", "数字"),
        ("BOOL", "maybe", "“是”或“否”"),
        ("DATE", "2026-02-30", "没有这一天"),
        ("DATE", "yesterday", "年-月-日"),
        ("DATETIME", "noon", "日期和时间"),
        ("CODE", "C", "选项"),
        ("CODE", ["A", "B"], "只能选一个"),
        ("LIST", ["A", "Z"], "选项"),
        ("TEXT", " \u200b ", "还没有填"),
        ("TEXT", "长" * 6000, "最多写 5000 个字"),
        ("TEXT", {"a": 1}, "文字"),
    ],
)
def test_what_cannot_be_read_is_explained(type_: str, raw: object, words: str) -> None:
    options = {"options": OPTIONS} if type_ in ("CODE", "LIST") else {}
    with pytest.raises(UnusableAnswer) as refused:
        decode(element(type_, **options), raw)
    assert "“某项”" in refused.value.text.zh
    assert words in refused.value.text.zh
    assert "'Entry'" in refused.value.text.en
    assert refused.value.field == "x.y"


def test_a_fact_this_thing_does_not_know_is_refused_by_name() -> None:
    with pytest.raises(UnknownFact, match="no entry called"):
        decode_answer(stall(), "stall.colour", "red")


def test_facts_survive_storage_and_leftovers_are_dropped() -> None:
    facts = {"stall.kind": "B", "stall.food": True, "stall.area": 12, "stall.opens_on": date(2026, 3, 9)}
    stored = encode_facts(facts)
    assert stored["stall.opens_on"] == "2026-03-09"
    assert decode_facts(stall(), {**stored, "stall.gone": 1, "stall.region": ""}) == facts


@given(
    st.one_of(
        st.dates(), st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**9), st.booleans()
    )
)
def test_encoding_and_decoding_are_inverse(value: date | Decimal | bool) -> None:
    kind = {date: "DATE", Decimal: "DECIMAL", bool: "BOOL"}[type(value)]
    assert decode(element(kind), encode(value)) == value


@given(st.text(max_size=50), st.sampled_from(["TEXT", "INT", "DECIMAL", "BOOL", "DATE", "DATETIME", "CODE", "LIST", "ID_NUMBER"]))
def test_any_text_gives_a_value_or_a_calm_refusal(raw: str, type_: str) -> None:
    options = {"options": OPTIONS} if type_ in ("CODE", "LIST") else {}
    with suppress(UnusableAnswer):
        value = decode(element(type_, **options), raw)
        assert value == decode(element(type_, **options), encode(value))


@pytest.mark.parametrize(
    ("type_", "value", "chinese", "english"),
    [
        ("CODE", "A", "甲", "First"),
        ("LIST", ("A", "B"), "甲、乙", "First, Second"),
        ("BOOL", True, "是", "Yes"),
        ("DATE", date(2026, 3, 2), "2026年3月2日（周一）", "Mon 2 Mar 2026"),
        ("DATETIME", datetime(2026, 3, 2, 0, 30, tzinfo=timezone.utc), "2026-03-02 08:30", "2026-03-02 08:30"),  # noqa: UP017
    ],
)
def test_values_are_shown_in_words(type_: str, value: object, chinese: str, english: str) -> None:
    options = {"options": OPTIONS} if type_ in ("CODE", "LIST") else {}
    shown = element(type_, **options)
    assert (display(shown, value, "zh"), display(shown, value, "en")) == (chinese, english)


def test_a_unit_follows_its_number() -> None:
    assert display(element("INT", unit={"zh": "平方米", "en": "m²"}), 20, "en") == "20 m²"
