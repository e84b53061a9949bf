"""Merging by lines: one side's change is taken, both sides' is asked about, and no line anybody wrote is missing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.catalogue.logic.authoring.merging import Agreed, merge
from yijianshi.catalogue.logic.authoring.taking import ShelfText, Taken, take

BASE = "甲\n乙\n丙\n丁\n"
TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "\n"]), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        ("甲\n乙2\n丙\n丁\n", BASE, "甲\n乙2\n丙\n丁\n"),
        (BASE, "甲\n丙\n丁\n", "甲\n丙\n丁\n"),
        ("甲2\n乙\n丙\n丁\n", "甲\n乙\n丙\n丁2\n", "甲2\n乙\n丙\n丁2\n"),
        ("甲2\n乙\n丙\n丁\n", "甲2\n乙\n丙\n丁2\n", "甲2\n乙\n丙\n丁2\n"),
        ("零\n甲\n乙\n丙\n丁\n", "甲\n乙\n丁\n", "零\n甲\n乙\n丁\n"),
    ],
)
def test_what_only_one_side_changed_is_taken(mine: str, theirs: str, merged: str) -> None:
    done = merge(BASE, mine, theirs)
    assert (done.text, done.conflicts) == (merged, ())


def test_what_both_changed_is_for_a_person() -> None:
    done = merge(BASE, "甲\n我\n丙\n丁\n", "甲\n他\n丙\n丁\n尾\n")
    (conflict,) = done.conflicts
    assert (conflict.line, conflict.base, conflict.mine, conflict.theirs) == (2, "乙\n", "我\n", "他\n")
    assert done.text == "甲\n我\n丙\n丁\n尾\n"
    assert done.settled({1: "theirs"}) == "甲\n他\n丙\n丁\n尾\n"
    assert done.settled({1: "base"}) == BASE + "尾\n"
    assert done.settled({1: "both"}) == "甲\n我\n他\n丙\n丁\n尾\n"


def test_removed_here_and_changed_there_is_a_conflict() -> None:
    assert merge(BASE, None, "x\n").conflicts
    assert merge(BASE, None, BASE).text == ""
    assert merge(None, "a\n", "b\n").conflicts


@given(TEXTS, TEXTS, TEXTS)
def test_a_side_that_changed_nothing_gives_way(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs
    assert merge(base, mine, mine).text == mine


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_is_lost(base: str, mine: str, theirs: str) -> None:
    done = merge(base, mine, theirs)
    kept = base.split("\n")
    for side, text in (("mine", mine), ("theirs", theirs)):
        shown = "".join(part.text if isinstance(part, Agreed) else part.chosen(side) for part in done.parts)  # type: ignore[arg-type]
        for line in set(text.split("\n")) - set(kept):
            assert shown.split("\n").count(line) >= text.split("\n").count(line)


@given(TEXTS, TEXTS, TEXTS)
def test_both_directions_meet_the_same_conflicts(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert [(part.mine, part.theirs) for part in one.conflicts] == [(part.theirs, part.mine) for part in other.conflicts]


def test_thousands_of_equal_lines_take_no_time() -> None:
    begun = time.perf_counter()
    merge("a\n" * 5000, "b\n" + "a\n" * 4000 + "c\n", "d\n" + "a\n" * 4500 + "e\n")
    assert time.perf_counter() - begun < 5


def test_the_folder_brings_its_news() -> None:
    shelf = {
        "same": ShelfText("1\n", "1\n"),
        "news": ShelfText("1\n", "1\n"),
        "mine": ShelfText("2\n", "1\n"),
        "both": ShelfText("2\n", "1\n"),
        "gone": ShelfText("1\n", "1\n"),
        "kept": ShelfText("2\n", "1\n"),
        "own": ShelfText("1\n", None),
    }
    shipped = {"same": "1\n", "news": "3\n", "mine": "1\n", "both": "3\n", "fresh": "1\n"}
    assert take(shipped, shelf) == Taken({"fresh": "1\n", "gone": None, "news": "3\n"}, ("both", "kept"))
    assert take({}, {}) == Taken()
