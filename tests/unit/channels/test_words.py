"""Words on pages: dates with weekday, line breaks in drawings, controls for fields."""

from datetime import UTC, date, datetime

import pytest

from yijianshi.channels.shared import dates, fields, icons, wrapping

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 12, 3), "12月3日(周四)", "Thu 3 Dec"),
        (date(2027, 1, 4), "2027年1月4日(周一)", "Mon 4 Jan 2027"),
        (date(2026, 2, 28), "2月28日(周六)", "Sat 28 Feb"),
    ],
)
def test_a_day_has_its_weekday_and_its_year_only_when_it_is_another(day, zh, en):
    assert dates.day_in_words(day, "zh", TODAY) == zh.replace("(", "\uff08").replace(")", "\uff09")
    assert dates.day_in_words(day, "en", TODAY) == en


def test_moments_are_told_in_shanghai_time():
    late = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)  # half past one at night, 1 December
    assert dates.moment_in_words(late, "zh", TODAY) == "今天 01:30"
    assert dates.moment_in_words(late, "en", date(2026, 12, 2)) == "Yesterday 01:30"
    assert dates.moment_in_words(late, "en", date(2026, 12, 9)) == "Tue 1 Dec 01:30"


@pytest.mark.parametrize(
    ("words", "units", "lines", "wanted"),
    [
        ("出生医学证明首次签发", 12, 2, ["出生医学证明", "首次签发"]),
        ("Household registration of a newborn", 16, 3, ["Household", "registration of", "a newborn"]),
        ("城乡居民基本医疗保险费申报缴费", 12, 2, ["城乡居民基本", "医疗保险费…"]),
        ("公安局、卫健委", 6, 3, ["公安", "局、卫", "健委"]),
        ("户口（登记）", 6, 2, ["户口", "（登记）"[:2] + "…"]),
        ("", 10, 1, []),
    ],
)
def test_words_break_between_characters_and_between_words(words, units, lines, wanted):
    assert list(wrapping.wrap(words, units, lines)) == wanted


@pytest.mark.parametrize(
    ("element_type", "options", "kind", "inputmode"),
    [
        ("TEXT", 0, "input", ""),
        ("INT", 0, "input", "numeric"),
        ("DECIMAL", 0, "input", "decimal"),
        ("PHONE", 0, "input", "tel"),
        ("ACCOUNT", 0, "input", "numeric"),
        ("ADDRESS", 0, "textarea", ""),
        ("CODE", 3, "radios", ""),
        ("CODE", 56, "select", ""),
        ("LIST", 12, "checks", ""),
        ("BOOL", 0, "radios", ""),
    ],
)
def test_each_type_gets_the_control_that_suits_a_phone(element_type, options, kind, inputmode):
    control = fields.control_for(element_type, "child.name", options)
    assert (control.kind, control.inputmode) == (kind, inputmode)


def test_browsers_are_told_what_own_fields_mean_and_nothing_about_others():
    assert fields.control_for("PHONE", "applicant.phone").autocomplete == "tel"
    assert fields.control_for("PHONE", "father.phone").autocomplete == "off"


def test_icons_are_drawn_inline_without_style():
    for name in icons.all_icons():
        drawing = icons.draw(name)
        assert 'aria-hidden="true"' in drawing
        assert "style" not in drawing
