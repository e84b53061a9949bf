"""Signatures of persons: several on one document, each of what the first one saw, verified without the house."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic import boxes, offline, pdf_seal
from yijianshi.certificates.rendering import pdf_form
from yijianshi.certificates.rendering import pdf_seal as rendered
from yijianshi.certificates.rendering.note import render_note
from yijianshi.certificates.rendering.sheet import render_sheet
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import DomainError, Forbidden, NotFound
from yijianshi.kernel.text import Text

pytestmark = pytest.mark.django_db
_signed: dict[int, bytes] = {}
DRAWN = commands.Drawing(newborn.one_pixel_png(), 40, 16)


def document() -> bytes:
    return render_note(Text("买卖合同", "Contract"), [(Text("价款", "Price"), Text("一百万元", "One million"))], "X1", at=MONDAY)


def signed_by_both(town: Town) -> bytes:
    first = commands.sign(document(), {"签署人": "王芳"}, by=town.wang_fang.actor, at=MONDAY)
    return commands.sign(first.content, {"签署人": "李强"}, by=town.stranger.actor, at=MONDAY + timedelta(minutes=5)).content


def signed_once_for_all(town: Town) -> bytes:
    """Return the same file for every example: the town stands as long as the test runs."""
    if id(town) not in _signed:
        _signed.clear()
        _signed[id(town)] = signed_by_both(town)
    return _signed[id(town)]


def check(content: bytes, *, after: timedelta = timedelta(hours=1)) -> offline.FileVerdict:
    return offline.check(content, queries.trusted(at=MONDAY + after), at=MONDAY + after)


def test_two_people_sign_one_document_and_anybody_can_verify_both(town: Town) -> None:
    verdict = check(signed_by_both(town))
    assert [one.says["签署人"] for one in verdict.signatures] == ["王芳", "李强"]
    assert all(one.seal.valid_now for one in verdict.signatures)
    assert verdict.seal.valid_now
    first, second = (one.seal.signer for one in verdict.signatures)
    assert first.startswith("王芳（")
    assert first != second
    reader = PdfReader(io.BytesIO(signed_by_both(town)))
    assert len(reader.get_fields() or {}) == 2


@pytest.mark.parametrize("place", [300, -300])
def test_a_changed_byte_breaks_the_signatures_over_it(town: Town, place: int) -> None:
    content = bytearray(signed_by_both(town))
    content[place] ^= 1
    verdict = check(bytes(content))
    assert not verdict.seal.intact
    assert verdict.why is not None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_flipped_bit_goes_unnoticed(town: Town, place: float, bit: int) -> None:
    content = bytearray(signed_once_for_all(town))
    content[int(place * len(content))] ^= 1 << bit
    assert not is_intact(bytes(content))


def is_intact(content: bytes) -> bool:
    try:
        return check(content).seal.intact
    except DomainError:
        return False


def test_the_second_signer_cannot_slip_something_onto_the_page(town: Town) -> None:
    first = commands.sign(document(), {}, by=town.wang_fang.actor, at=MONDAY).content
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    writer.add_annotation(0, FreeText(text="价款十万元", rect=(100, 500, 300, 600)))
    changed = io.BytesIO()
    writer.write(changed)
    second = commands.sign(changed.getvalue(), {}, by=town.stranger.actor, at=MONDAY).content
    verdict = check(second)
    assert verdict.overlaid == 1
    assert not verdict.seal.intact
    assert verdict.why is not None
    assert "第 1 个签名之后" in verdict.why.zh


def test_what_is_added_after_the_last_signature_is_refused(town: Town) -> None:
    with pytest.raises(pdf_seal.SealTornOff):
        check(signed_by_both(town) + b"\n% more")


def test_a_signature_cut_off_leaves_those_before_it(town: Town) -> None:
    content = signed_by_both(town)
    first = pdf_seal.find_seals(content)[0]
    assert check(content[: first.end]).seal.valid_now


def test_a_person_has_one_key_until_they_end_it(town: Town) -> None:
    by = town.wang_fang.actor
    one = commands.sign(document(), {}, by=by, at=MONDAY)
    assert commands.sign(document(), {}, by=by, at=MONDAY).es_id == one.es_id
    commands.end_signature("手机丢了", by=by, at=MONDAY + timedelta(hours=2))
    verdict = check(one.content, after=timedelta(hours=3))
    assert verdict.seal.entitled
    assert not verdict.seal.valid_now
    again = commands.sign(document(), {}, by=by, at=MONDAY + timedelta(hours=3))
    assert again.es_id != one.es_id
    assert check(again.content, after=timedelta(hours=4)).seal.valid_now
    with pytest.raises(NotFound):
        commands.end_signature("", by=town.stranger.actor, at=MONDAY)


def test_a_key_that_ran_out_is_followed_by_another(town: Town) -> None:
    one = commands.sign(document(), {}, by=town.wang_fang.actor, at=MONDAY)
    later = commands.sign(document(), {}, by=town.wang_fang.actor, at=MONDAY + timedelta(days=3 * 365 + 1))
    assert later.es_id != one.es_id


def test_a_drawn_signature_is_sealed_by_the_house_and_says_so(town: Town) -> None:
    about = {"签署人": "王芳", "方式": "手写"}
    made = commands.seal_drawing(document(), about, DRAWN, by=town.wang_fang.actor, at=MONDAY)
    verdict = check(made.content)
    assert verdict.seal.valid_now
    assert verdict.seal.seal_name == "王芳手写签名（平台见证）"
    assert DRAWN.picture in pdf_seal.find_seal(made.content).sealing
    assert verdict.says["方式"] == "手写"


def test_nobody_signs_for_the_house_and_each_first_use_is_on_record(town: Town) -> None:
    with pytest.raises(Forbidden):
        commands.sign(document(), {}, by=SYSTEM, at=MONDAY)
    commands.sign(document(), {}, by=town.wang_fang.actor, at=MONDAY)
    assert history.verify() is None


def sheet() -> bytes:
    rows = [[Text("价款", "Price").to_json(), Text("一百万元", "One million").to_json()]]
    content = {
        "title": Text("买卖合同", "Contract").to_json(),
        "parts": [{"heading": Text("合同", "Contract").to_json(), "rows": rows}],
    }
    return render_sheet(content, [Text("卖方", "Seller"), Text("买方", "Buyer")], at=MONDAY)


def shown_by_both(town: Town) -> bytes:
    first = commands.sign(sheet(), {}, ["王芳", "2026-03-02"], by=town.wang_fang.actor, at=MONDAY).content
    return commands.seal_drawing(first, {}, DRAWN, ["李强"], by=town.stranger.actor, at=MONDAY).content


def widgets(content: bytes) -> list[DictionaryObject]:
    """Return the signatures on the last page."""
    return [one.get_object() for one in PdfReader(io.BytesIO(content)).pages[-1]["/Annots"]]


def test_signatures_show_each_in_its_own_box(town: Town) -> None:
    content = shown_by_both(town)
    assert [[float(edge) for edge in one["/Rect"]] for one in widgets(content)] == [[*boxes.rectangle_of(n)] for n in (0, 1)]
    assert all(one["/AP"]["/N"]["/Subtype"] == "/Form" for one in widgets(content))
    verdict = check(content)
    assert verdict.overlaid == 0
    assert verdict.seal.valid_now
    places = [boxes.rectangle_of(number) for number in range(boxes.MOST)]
    assert len(set(places)) == boxes.MOST
    assert all(0 < left < right < 596 and 80 < bottom < top < 842 for left, bottom, right, top in places)


def test_a_signature_that_shows_nothing_may_follow_one_that_does(town: Town) -> None:
    first = commands.sign(sheet(), {}, ["王芳"], by=town.wang_fang.actor, at=MONDAY).content
    assert check(commands.sign(first, {}, by=town.stranger.actor, at=MONDAY).content).seal.valid_now


def test_where_the_first_kept_no_boxes_nobody_draws_later(town: Town) -> None:
    first = commands.sign(sheet(), {}, by=town.wang_fang.actor, at=MONDAY).content
    second = commands.sign(first, {}, ["李强"], by=town.stranger.actor, at=MONDAY).content
    assert check(second).seal.valid_now
    assert all("/AP" not in one for one in widgets(second))


def test_when_all_boxes_are_taken_the_next_shows_nothing(town: Town) -> None:
    content = sheet()
    for _ in range(boxes.MOST + 1):
        content = commands.sign(content, {}, ["王芳"], by=town.wang_fang.actor, at=MONDAY).content
    assert ["/AP" in one for one in widgets(content)] == [*[True] * boxes.MOST, False]
    assert check(content).seal.valid_now


OUTSIDE: dict[str, Callable[[DictionaryObject, DictionaryObject], object]] = {
    "in the box of the first": lambda widget, _: widget.update({"/Rect": numbers(*boxes.rectangle_of(0))}),
    "over the page": lambda widget, _: widget.update({"/Rect": numbers(0, 0, 595, 842)}),
    "a picture larger than its box": lambda _, picture: picture.update({"/BBox": numbers(0, 0, 900, 900)}),
    "a picture turned out of its box": lambda _, picture: picture.update({"/Matrix": numbers(2, 0, 0, 2, 0, 0)}),
    "another picture when pressed": lambda widget, _: widget["/AP"].update({NameObject("/D"): widget["/AP"].raw_get("/N")}),
    "an action": lambda widget, _: widget.update({"/A": DictionaryObject()}),
    "hidden at will": lambda widget, _: widget.update({"/OC": DictionaryObject()}),
    "no signature": lambda widget, _: widget.update({"/FT": NameObject("/Btn")}),
}


def numbers(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(one) for one in values])


@pytest.mark.parametrize("way", OUTSIDE)
def test_who_draws_outside_their_box_is_named(town: Town, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commands.sign(sheet(), {}, ["王芳"], by=town.wang_fang.actor, at=MONDAY).content
    update = rendered._update

    def bent(objects: dict[int, Any], *rest: Any) -> bytes:
        widget = next(one for one in objects.values() if isinstance(one, DictionaryObject) and one.get("/Subtype") == "/Widget")
        picture = next(one for one in objects.values() if isinstance(one, DictionaryObject) and one.get("/Subtype") == "/Form")
        OUTSIDE[way](widget, picture)
        for held in (widget, picture):
            for name in list(held):
                held[NameObject(name)] = held.pop(name)
        return update(objects, *rest)

    monkeypatch.setattr(rendered, "_update", bent)
    second = commands.sign(first, {}, ["李强"], by=town.stranger.actor, at=MONDAY).content
    verdict = check(second)
    assert verdict.overlaid == 1
    assert not verdict.seal.intact


def test_a_picture_that_looks_like_a_seal_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    look = pdf_form.bring

    def hiding(page: bytes, first: int, into: PdfReader) -> Any:
        reference, objects = look(page, first, into)
        objects[first][NameObject("/ByteRange")] = numbers(0, 1, 2, 3)  # type: ignore[index]
        return reference, objects

    monkeypatch.setattr(rendered, "bring", hiding)
    with pytest.raises(ValueError, match="looks like a seal"):
        commands.sign(sheet(), {}, ["王芳"], by=town.wang_fang.actor, at=MONDAY)
