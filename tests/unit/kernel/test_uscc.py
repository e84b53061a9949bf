"""Unified social credit codes: real codes, the early Fujian exception, python-stdnum as judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from yijianshi.kernel.identifiers.checksums import USCC_ALPHABET
from yijianshi.kernel.identifiers.problem import BadIdentifier, Level
from yijianshi.kernel.identifiers.uscc import BODY_KINDS, check_uscc, make_uscc, parse_uscc

codes = st.builds(
    make_uscc,
    st.sampled_from(sorted(BODY_KINDS)),
    st.sampled_from(["410105", "350100", "110000"]),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8),
)


@pytest.mark.parametrize(
    ("code", "kind", "region"),
    [
        ("91350200776049653A", "企业", "350200"),
        ("91440101MA5CJQ4N59", "企业", "440101"),
        ("11370800MB28559184", "机关", "370800"),
        ("11330105002500287C", "机关", "330105"),
        ("115113010833722043", "机关", "511301"),
        ("12441500196720244T", "事业单位", "441500"),
    ],
)
def test_real_codes_pass(code, kind, region):
    assert check_uscc(code) is None
    parts = parse_uscc(code)
    assert parts.kind is not None
    assert (parts.kind.zh, parts.region, parts.is_check_valid) == (kind, region, True)
    assert parts.is_organisation_code_valid


def test_early_fujian_codes_are_a_warning_and_are_kept():
    problem = check_uscc("91350100M0001TGQXM")
    assert problem is not None
    assert (problem.kind, problem.level) == ("check", Level.WARNING)
    assert "福建" in problem.text.zh
    assert parse_uscc("91350100M0001TGQXM").is_check_valid is False


def test_elsewhere_a_wrong_check_character_is_a_warning_without_fujian():
    problem = check_uscc("91440101MA5CJQ4N58")
    assert problem is not None
    assert problem.level is Level.WARNING
    assert "福建" not in problem.text.zh


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("9144010", "length", "7 位"),
        ("91440101MA5CJQ4NS9", "characters", "第 17 位“S”"),
        ("9144O101MA5CJQ4N59", "characters", "第 5 位“O”"),
        ("9144A101MA5CJQ4N59", "region", "44A101"),
    ],
)
def test_errors_say_where(text, kind, words):
    problem = check_uscc(text)
    assert problem is not None
    assert (problem.kind, problem.level) == (kind, Level.ERROR)
    assert words in problem.text.zh
    with pytest.raises(BadIdentifier):
        parse_uscc(text)


def test_unknown_kinds_are_asked_about_not_refused():
    problem = check_uscc("A1" + "91440101MA5CJQ4N59"[2:])
    assert problem is not None
    assert (problem.kind, problem.level, problem.part) == ("kind", Level.WARNING, (0, 2))
    assert parse_uscc("A1" + "91440101MA5CJQ4N59"[2:]).kind is None


def test_lower_case_blanks_and_full_width_are_forgiven():
    assert parse_uscc("9144 0101 ma5cjq4n59").code == "91440101MA5CJQ4N59"
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in "91440101MA5CJQ4N59")
    assert parse_uscc(full_width).code == "91440101MA5CJQ4N59"


def test_impossible_parts_are_refused():
    for kind, region, organisation in (("91", "41010", "1"), ("9I", "410105", "1"), ("91", "41010A", "1")):
        with pytest.raises(ValueError, match="no code from"):
            make_uscc(kind, region, organisation)


@given(codes)
def test_made_codes_are_valid_for_us_and_for_stdnum(code):
    assert check_uscc(code) is None
    assert parse_uscc(code).is_organisation_code_valid
    assert stdnum_uscc.calc_check_digit(code[:17]) == code[17]


@given(codes, st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_every_single_wrong_character_is_noticed(code, position, character):
    changed = code[:position] + character + code[position + 1 :]
    assert (check_uscc(changed) is None) == (changed == code)
