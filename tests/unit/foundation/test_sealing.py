"""Sealed text opens where it belongs and nowhere else."""

from hashlib import new

import pytest
from cryptography.hazmat.primitives.ciphers import algorithms
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from yijianshi.foundation import sealing

WHERE = "identity.Person.id_number"


@given(st.text(), st.text(max_size=40))
def test_opens_in_its_own_context(text: str, context: str) -> None:
    assert sealing.unseal(sealing.seal(text, context), context) == text


def test_two_seals_of_one_text_differ_and_hide_it() -> None:
    first, second = sealing.seal_many(["410105199001010010"] * 2, WHERE)
    assert first != second
    assert first.startswith("sm4:t2:")
    assert "410105" not in first
    assert sealing.unseal_many([first, second], WHERE) == ["410105199001010010"] * 2


def test_does_not_open_elsewhere() -> None:
    with pytest.raises(sealing.SealBroken, match=r"Person\.phone"):
        sealing.unseal(sealing.seal("x", WHERE), "identity.Person.phone")


@given(st.integers(0, 10_000))
def test_any_changed_character_is_noticed(where: int) -> None:
    sealed = sealing.seal("王芳", WHERE)
    position = where % len(sealed)
    changed = sealed[:position] + ("A" if sealed[position] != "A" else "B") + sealed[position + 1 :]
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(changed, WHERE)


@pytest.mark.parametrize("text", ["", "plain", "sm4:", "sm4:t2:", "sm4:t2:AAAA", "sm4:zz:AAAA", "sm4:t2:王"])
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(text, WHERE)


def test_rotation_keeps_old_seals_readable(settings: Settings) -> None:
    old = sealing.seal("老", WHERE)
    found = sealing.blind_index("老", WHERE)
    settings.SEALING_KEYS = "t3:ffffffffffffffffffffffffffffffff," + settings.SEALING_KEYS
    assert sealing.seal("新", WHERE).startswith("sm4:t3:")
    assert sealing.unseal(old, WHERE) == "老"
    assert sealing.blind_index("老", WHERE) == found
    settings.SEALING_KEYS = "t3:ffffffffffffffffffffffffffffffff"
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(old, WHERE)


@pytest.mark.parametrize("ring", ["", "t1", "t1:12", "t 1:" + "0" * 32, "t1:" + "g" * 32])
def test_a_ring_with_a_mistake_is_refused(settings: Settings, ring: str) -> None:
    settings.SEALING_KEYS = ring
    with pytest.raises(ValueError, match=r"YIJIANSHI_SEALING_KEYS|hexadecimal"):
        sealing.keys()


def test_blind_index_ignores_how_it_was_typed_but_not_where() -> None:
    assert sealing.blind_index("41010519900101001x", WHERE) == sealing.blind_index(" 41010519900101001X ", WHERE)
    assert sealing.blind_index("1", WHERE) == sealing.blind_index("1", WHERE)
    assert sealing.blind_index("1", WHERE) != sealing.blind_index("1", "identity.Person.phone")
    assert len(sealing.blind_index("王芳", WHERE)) == 32


def test_sm3_and_sm4_are_the_standard_ones() -> None:
    # GB/T 32905-2016 A.1 ("abc") and GB/T 32907-2016 A.1 (one block)
    assert new("sm3", b"abc").hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    from cryptography.hazmat.primitives.ciphers import Cipher, modes

    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    assert encryptor.update(key).hex() == "681edf34d206965e86b3e94f536e4246"


def test_gcm_follows_rfc_8998() -> None:
    # RFC 8998 appendix A.1
    algorithm = algorithms.SM4(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    nonce = bytes.fromhex("00001234567800000000abcd")
    sealed = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    opened = sealing.decrypt(algorithm, nonce + sealed, bound)
    assert opened.hex() == "a" * 16 + "b" * 16 + "c" * 16 + "d" * 16 + "e" * 16 + "f" * 16 + "e" * 16 + "a" * 16


def test_field_seals_and_opens_but_cannot_be_searched() -> None:
    field = sealing.SealedTextField()

    class Meta:
        app_label = "identity"

    model = type("Person", (), {"_meta": Meta})
    field.model, field.name = model, "phone"  # type: ignore[assignment]
    sealed = field.get_prep_value("13800000000")
    assert sealing.is_sealed(sealed)
    assert field.get_prep_value(sealed) == sealed
    assert field.from_db_value(sealed, None, None) == "13800000000"
    assert (field.get_prep_value(None), field.get_prep_value(""), field.from_db_value(None, None, None)) == (None, "", None)
    assert field.get_lookup("exact") is None
    assert field.get_lookup("isnull") is not None
