"""Citizen identity numbers: the standard's samples, python-stdnum as judge, every single error caught."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from yijianshi.kernel.identifiers.id_number import (
    IdKind,
    Sex,
    check_id_number,
    id_number_from_15,
    make_id_number,
    parse_id_number,
)
from yijianshi.kernel.identifiers.problem import BadIdentifier

TODAY = date(2026, 11, 22)
births = st.dates(date(1880, 1, 1), TODAY)
numbers = st.builds(make_id_number, st.sampled_from(["410105", "110105", "440524", "419001"]), births, st.integers(0, 999))


def test_samples_of_the_standard():
    first = parse_id_number("11010519491231002X", TODAY)
    assert (first.region, first.birth_date, first.sequence, first.sex) == ("110105", date(1949, 12, 31), "002", Sex.FEMALE)
    second = parse_id_number("440524188001010014", TODAY)
    assert (second.birth_date, second.sex, second.kind) == (date(1880, 1, 1), Sex.MALE, IdKind.RESIDENT)


def test_typing_habits_are_forgiven():
    assert parse_id_number(" 110105 19491231 002x ", TODAY).number == "11010519491231002X"
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in "11010519491231002X")
    assert parse_id_number(full_width, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("", "length", "18 位"),
        ("1101051949123100", "length", "16 位"),
        ("110105491231002", "old-number", "15 位"),
        ("110105499931002", "length", "15 位"),  # fifteen digits, but no old number either
        ("1101051949123100OX", "characters", "字母 O"),
        ("01010519491231002X", "characters", "只有数字"),
        ("16010519491231002X", "region", "前两位“16”"),
        ("11010519490231002X", "birth-date", "19490231"),
        ("110105187912310020", "birth-date", "18791231"),
        ("11010520261123002X", "birth-in-future", "还没有到"),
        ("110105194912310021", "check", "最后一位"),
        ("11010519491231020X", "check", "写颠倒"),
    ],
)
def test_what_is_wrong_is_told(text, kind, words):
    problem = check_id_number(text, TODAY)
    assert problem is not None
    assert problem.kind == kind
    assert words in problem.text.zh
    with pytest.raises(BadIdentifier) as caught:
        parse_id_number(text, TODAY)
    assert caught.value.text == problem.text
    assert caught.value.status == 422


def test_the_right_check_character_is_never_told():
    problem = check_id_number("110105194912310021", TODAY)
    assert problem is not None
    assert "X" not in problem.text.zh + problem.text.en


def test_abolished_regions_stay_valid():
    assert check_id_number(make_id_number("410199", date(1950, 5, 1), 11), TODAY) is None


@pytest.mark.parametrize(
    ("region", "kind"),
    [
        ("911124", IdKind.PERMANENT_RESIDENCE),  # 外国人永久居留身份证, 2023 version [L]
        ("810000", IdKind.RESIDENCE_PERMIT),  # 港澳台居民居住证 [L]
        ("820000", IdKind.RESIDENCE_PERMIT),
        ("830000", IdKind.RESIDENCE_PERMIT),
    ],
)
def test_permits_share_the_form(region, kind):
    assert parse_id_number(make_id_number(region, date(1990, 2, 28), 18), TODAY).kind is kind


def test_old_numbers_from_records_are_converted():
    assert id_number_from_15("110105491231002") == "11010519491231002X"
    for wrong in ("11010549123100", "110105499931002"):
        with pytest.raises(BadIdentifier):
            id_number_from_15(wrong)


@pytest.mark.parametrize(("region", "sequence"), [("41010", 1), ("4101O5", 1), ("410105", 1000), ("410105", -1)])
def test_impossible_parts_are_refused(region, sequence):
    with pytest.raises(ValueError, match="no identity number"):
        make_id_number(region, date(2000, 1, 1), sequence)


def test_age_counts_the_birthday_itself():
    leap = parse_id_number(make_id_number("410105", date(2008, 2, 29), 1), TODAY)
    assert [leap.age_on(day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]
    born = parse_id_number(make_id_number("410105", date(2008, 11, 22), 1), TODAY)
    assert [born.age_on(day) for day in (date(2026, 11, 21), TODAY)] == [17, 18]


@given(numbers)
def test_made_numbers_are_valid_for_us_and_for_stdnum(number):
    assert check_id_number(number, TODAY) is None
    assert ric.calc_check_digit(number) == number[17]
    assert ric.get_birth_date(number) == parse_id_number(number, TODAY).birth_date


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_wrong_character_is_noticed(number, position, character):
    changed = number[:position] + character + number[position + 1 :]
    assert (check_id_number(changed, TODAY) is None) == (changed == number)


@given(numbers, st.integers(0, 16))
def test_every_swap_of_neighbours_is_noticed(number, position):
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
    assert (check_id_number(swapped, TODAY) is None) == (swapped == number)
