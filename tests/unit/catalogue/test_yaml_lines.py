"""YAML with lines and without surprises."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.catalogue.logic.yaml_lines import YamlProblem, parse_yaml


def test_values_keep_their_lines() -> None:
    parsed = parse_yaml("a: 1\nb:\n  - c: x\n    d: [1, 2]\n")
    assert parsed.value == {"a": 1, "b": [{"c": "x", "d": [1, 2]}]}
    assert parsed.lines[("b", 0, "d")] == 4
    assert parsed.lines[("b", 0, "d", 1)] == 4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("0.05", Decimal("0.05")),
        ("true", True),
        ("~", None),
        ("2026-03-02", date(2026, 3, 2)),
        ('"2026-03-02"', "2026-03-02"),
        ("'1'", "1"),
        ("1" * 25, "1" * 25),
    ],
)
def test_words_stay_words(text: str, value: object) -> None:
    assert parse_yaml(f"on: {text}").value == {"on": value}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("c: 0\na: &x [1]\nb: *x\n", 2, "anchors"),
        ("a: 1\na: 2\n", 2, "twice"),
        ("a: 2026-02-30\n", 1, "no such day"),
        ("a: 1\n b: 2\n", 2, "syntax"),
        ("a:\n\t- b\n", 2, "syntax"),
        ("? [1, 2]\n: 3\n", 1, "single word"),
        ("[" * 60 + "]" * 60, 1, "deeply"),
        ("a: " + "x" * 1_000_001, 1, "too large"),
        ("[" * 200_000, 1, "deeply"),
        ("{a: " * 100_000, 1, "deeply"),
        ("- " * 100_000, 1, "deeply"),
        ("a: 1\n---\nb: 2\n", 2, "one document"),
        ("a: [&x 1]\n", 1, "anchors"),
        ("&x a: 1\n", 1, "anchors"),
    ],
)
def test_what_is_refused_says_where_and_why(text: str, line: int, words: str) -> None:
    with pytest.raises(YamlProblem) as refused:
        parse_yaml(text)
    assert refused.value.line == line
    assert words in refused.value.text.en
    assert refused.value.text.zh


def test_a_tag_is_not_obeyed() -> None:
    assert parse_yaml("a: !!python/object/apply:os.system ['true']\n").value == {"a": ["true"]}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_calmly(text: str) -> None:
    with suppress(YamlProblem):
        parsed = parse_yaml(text)
        assert all(line >= 1 for line in parsed.lines.values())
