"""What is signed, when it is in time, and that SM2 signatures of two independent implementations fit."""

import gmssl_pyx
import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from yijianshi.exchange import keys
from yijianshi.exchange.logic import signing

TEXT = signing.signed_text("post", "/a?b=1", "yijianshi", "k1", "1700000000", "0" * 32, b'{"messages":[]}')


def test_the_signed_text_is_what_the_protocol_says() -> None:
    assert TEXT.decode().split("\n")[:7] == ["yijianshi-1", "POST", "/a?b=1", "yijianshi", "k1", "1700000000", "0" * 32]
    assert len(TEXT.decode().split("\n")[7]) == 64


def test_a_signature_fits_its_text_and_no_other() -> None:
    signer = keys.own()
    verify = keys.verifier(signer.public.hex())
    signature = signer(TEXT)
    assert len(signature) == 64
    assert verify(TEXT, signature)
    assert not verify(TEXT + b" ", signature)
    for place in (0, 31, 32, 63):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not verify(TEXT, bytes(changed))


@pytest.mark.parametrize("signature", [b"", b"x", b"\x00" * 64, b"\xff" * 64, b"\x00" * 63])
def test_nonsense_is_no_signature(signature: bytes) -> None:
    assert not keys.verifier(keys.own().public.hex())(TEXT, signature)
    assert not keys.verifier("")(TEXT, signature)


def test_the_library_itself_accepts_ours() -> None:
    signer = keys.own()
    signature = signer(TEXT)
    encoded = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    assert gmssl_pyx.sm2_verify(signer.public, TEXT, encoded)


@pytest.mark.parametrize(
    ("time", "fine"),
    [("1000", True), ("1300", True), ("700", True), ("1301", False), ("699", False), ("", False), ("-5", False),
     ("１０００", False), ("1e3", False), ("9" * 13, False)],
)  # fmt: skip
def test_only_a_moment_within_five_minutes_is_in_time(time: str, fine: bool) -> None:
    assert signing.is_timely(time, 1000.0) is fine


@pytest.mark.parametrize(
    ("nonce", "fine"), [("a" * 32, True), ("A" * 32, False), ("a" * 31, False), ("g" * 32, False), ("", False)]
)
def test_a_nonce_is_32_hexadecimal_digits(nonce: str, fine: bool) -> None:
    assert signing.is_nonce(nonce) is fine
