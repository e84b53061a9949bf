"""Signed notes: what is read is what was signed, and everything bent is refused by its name."""

import base64
from collections.abc import Callable

import gmssl_pyx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.merkle import checkpoints as notes
from yijianshi.kernel.merkle.hashing import leaf_hash

ROOT = leaf_hash(b"root")
POINT = notes.Checkpoint("xinyang.example/log", 20_852_163, ROOT)
KEYS = {name: gmssl_pyx.sm2_key_generate()[::-1] for name in ("log", "tax", "land", "stranger")}
WITNESSES = {name: KEYS[name][1] for name in ("tax", "land")}


def signer(name: str) -> Callable[[bytes], bytes]:
    return lambda text: gmssl_pyx.sm2_sign(*KEYS[name], text)


def verifier(public: bytes) -> notes.Verify:
    def verify(text: bytes, signature: bytes) -> bool:
        try:
            return gmssl_pyx.sm2_verify(public, text, signature)
        except (gmssl_pyx.GmsslInnerError, ValueError):
            return False

    return verify


def signed() -> notes.Signed:
    own = notes.sign(POINT, "log", KEYS["log"][1], signer("log"))
    return notes.Signed(
        POINT, (own, *(notes.cosign(POINT, name, KEYS[name][1], signer(name), 1_800_000_000) for name in ("tax", "land", "tax")))
    )


def test_a_note_is_read_as_it_was_written() -> None:
    note = str(signed())
    assert note.splitlines()[:4] == ["xinyang.example/log", "20852163", base64.b64encode(ROOT).decode(), ""]
    read = notes.parse(note, WITNESSES)
    assert read.checkpoint == POINT
    assert str(read) == note
    assert notes.is_signed(read.checkpoint, read.signatures[0], KEYS["log"][1], verifier(KEYS["log"][1]))
    assert notes.count_witnesses(read, WITNESSES, verifier) == ["land", "tax"]
    assert read.signatures[1].seconds == 1_800_000_000


def test_only_the_named_witness_counts() -> None:
    stranger = notes.cosign(POINT, "tax", KEYS["stranger"][1], signer("stranger"), 1)
    assert notes.count_witnesses(notes.Signed(POINT, (stranger,)), WITNESSES, verifier) == []
    other = notes.Checkpoint(POINT.origin, POINT.size, leaf_hash(b"other"))
    assert notes.count_witnesses(notes.Signed(other, signed().signatures), WITNESSES, verifier) == []
    own = notes.sign(POINT, "tax", KEYS["tax"][1], signer("tax"))  # a log's signature is no witness's
    assert notes.count_witnesses(notes.Signed(POINT, (own,)), WITNESSES, verifier) == []


def test_the_time_of_a_witness_is_signed() -> None:
    seen = notes.cosign(POINT, "tax", KEYS["tax"][1], signer("tax"), 1000)
    later = notes.Signature("tax", seen.key_id, seen.value, 2000)
    assert notes.count_witnesses(notes.Signed(POINT, (later,)), WITNESSES, verifier) == []


def test_a_second_beyond_the_calendar_is_refused() -> None:
    late = notes.cosign(POINT, "tax", KEYS["tax"][1], signer("tax"), 2**60)
    with pytest.raises(notes.CheckpointUnreadable, match="calendar"):
        notes.parse(str(notes.Signed(POINT, (late,))), WITNESSES)


def test_the_first_good_signature_of_a_witness_counts() -> None:
    early, late = (notes.cosign(POINT, "tax", KEYS["tax"][1], signer("tax"), second) for second in (5, 9))
    forged = notes.Signature("tax", early.key_id, early.value, 1)
    assert notes.witnessed(notes.Signed(POINT, (forged, late, early)), WITNESSES, verifier) == {"tax": 5}


def test_two_stories_of_one_size() -> None:
    other = notes.Checkpoint(POINT.origin, POINT.size, leaf_hash(b"other"))
    assert notes.find_split([POINT, POINT]) is None
    assert notes.find_split([POINT, notes.Checkpoint("elsewhere", POINT.size, ROOT), other]) == (POINT, other)


@pytest.mark.parametrize(
    ("bend", "why"),
    [
        (lambda note: note.replace("\n\n", "\n"), "no signature lines"),
        (lambda note: note[:-1], "cut short"),
        (lambda note: note.replace("20852163", "020852163"), "three lines"),
        (lambda note: note.replace("20852163", "-1"), "three lines"),
        (lambda note: note.replace("20852163", "٣"), "three lines"),
        (lambda note: "\n" + note, "no signature|three lines|root"),
        (lambda note: note.replace("— ", "- "), "signature line|base64"),
        (lambda note: note.replace("\n\n", "AAAA\n\n"), "root|base64"),
        (lambda note: note + "— x AAAA\n", "signature line"),
        (lambda note: note + "— x ****\n", "base64"),
        (lambda note: note + "— x AAAB AAA\n" * 70, "too many"),
        (lambda note: note * 200, "over"),
    ],
)
def test_a_bent_note_is_refused(bend: Callable[[str], str], why: str) -> None:
    with pytest.raises(notes.CheckpointUnreadable, match=why):
        notes.parse(bend(str(signed())), WITNESSES)


NOTE = str(notes.Signed(POINT, signed().signatures[:3]))


@given(st.data())
def test_no_changed_character_keeps_its_signatures(data: st.DataObject) -> None:
    note = NOTE
    at = data.draw(st.integers(0, len(note) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda one: one != note[at]))
    try:
        read = notes.parse(note[:at] + other + note[at + 1 :], WITNESSES)
    except notes.CheckpointUnreadable:
        return
    own = [one for one in read.signatures if one.name == "log"]
    whole = own and notes.is_signed(read.checkpoint, own[0], KEYS["log"][1], verifier(KEYS["log"][1]))
    assert not whole or notes.count_witnesses(read, WITNESSES, verifier) != ["land", "tax"]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        notes.parse(text, WITNESSES)
    except notes.CheckpointUnreadable:
        return
