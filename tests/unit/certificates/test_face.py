"""Faces, states and codes: values in, values out."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.certificates.logic import codes
from yijianshi.certificates.logic.face import Face, FaceField, display, face_from_json, face_of
from yijianshi.certificates.logic.states import ACTIONS, EXPIRED, NOT_YET, STATE_TEXTS, State, describe, is_usable
from yijianshi.kernel.text import Text

SEX = FaceField("child.sex", Text("性别", "Sex"), "CODE", (("FEMALE", Text("女", "Female")), ("MALE", Text("男", "Male"))))
WEIGHT = FaceField("child.weight_grams", Text("体重", "Weight"), "INT", unit=Text("克", "g"))
FACE = Face(
    "birth-certificate", "", Text("出生医学证明", "Birth certificate"), Text("属实。", "True."), "certificate", (SEX, WEIGHT)
)


@pytest.mark.parametrize(
    ("line", "value", "zh", "en"),
    [
        (SEX, "FEMALE", "女", "Female"),
        (SEX, "OTHER", "OTHER", "OTHER"),
        (WEIGHT, 3350, "3350 克", "3350 g"),
        (FaceField("x", Text("日", "Day"), "DATE"), "2026-03-02", "2026年3月2日", "2 March 2026"),
        (
            FaceField("x", Text("时", "At"), "DATETIME"),
            "2026-02-26T00:35:00+00:00",
            "2026年2月26日 08:35",
            "26 February 2026, 08:35",
        ),
        (FaceField("x", Text("时", "At"), "DATETIME"), "2026-02-26T08:35:00", "2026年2月26日 08:35", "26 February 2026, 08:35"),
        (FaceField("x", Text("有", "Has"), "BOOL"), True, "是", "Yes"),
        (replace(SEX, kind="LIST"), ["FEMALE", "MALE"], "女、男", "Female, Male"),
        (FaceField("x", Text("名", "Name")), "  ", "—", "—"),
    ],
)
def test_values_are_shown_in_words(line: FaceField, value: object, zh: str, en: str) -> None:
    assert display(line, value) == Text(zh, en)


def test_a_face_survives_storing_and_changes_its_sha_with_its_words() -> None:
    import json

    assert face_from_json(json.loads(FACE.to_text())) == FACE
    assert replace(FACE, statement=Text("属实", "True")).sha != FACE.sha
    assert replace(FACE).sha == FACE.sha


def test_a_field_the_dictionary_does_not_know_is_its_own_label() -> None:
    class Kind:
        code, type_code, layout = "x", None, "card"
        name = statement = Text("甲", "A")
        fields = ("child.nickname",)

    assert face_of(Kind, {}).fields == (FaceField("child.nickname", Text("child.nickname", "child.nickname")),)


@pytest.mark.parametrize(
    ("state", "on", "usable", "text"),
    [
        (State.VALID, date(2026, 3, 1), False, NOT_YET),
        (State.VALID, date(2026, 3, 2), True, STATE_TEXTS[State.VALID]),
        (State.VALID, date(2026, 3, 31), True, STATE_TEXTS[State.VALID]),
        (State.VALID, date(2026, 4, 1), False, EXPIRED),
        (State.SUSPENDED, date(2026, 3, 2), False, STATE_TEXTS[State.SUSPENDED]),
        (State.REVOKED, date(2026, 4, 1), False, STATE_TEXTS[State.REVOKED]),
    ],
)
def test_validity_in_words(state: State, on: date, usable: bool, text: Text) -> None:
    term = (date(2026, 3, 2), date(2026, 3, 31))
    assert is_usable(state, *term, on) is usable
    assert describe(state, *term, on) == text


def test_what_is_revoked_or_cancelled_never_comes_back() -> None:
    ended = {State.REVOKED, State.CANCELLED}
    assert all(action.before.isdisjoint(ended) for action in ACTIONS.values())


def test_new_codes_are_long_and_differ() -> None:
    made = {codes.new_code() for _ in range(1_000)}
    assert len(made) == 1_000
    assert {len(code) for code in made} == {codes.LENGTH}


@given(st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH))
def test_codes_survive_being_typed_badly(code: str) -> None:
    assert codes.clean_code(codes.grouped(code).lower()) == code
    assert codes.clean_code(code.replace("1", "l").replace("0", "o")) == code


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("410105199505122264", "410105********2264"),
        ("J410105-2023-000101", "J4*************0101"),
        ("Y410000123", "Y4****0123"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_numbers_are_masked_for_strangers(number: str, masked: str) -> None:
    assert codes.mask_number(number) == masked
