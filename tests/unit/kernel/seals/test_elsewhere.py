"""Seals as other products write them, built here byte by byte: extensions without a tag, a time stamp on the seal."""

from dataclasses import replace

import pytest

from tests.unit.kernel.seals.test_seals import AT, HASH, INFO, MAKER, MAKER_KEY, OFFICE, OFFICE_KEY, answers, judge
from yijianshi.kernel.seals import structures

SEQUENCE, INTEGER, BIT_STRING, OCTETS, OID, IA5, TIME, TAG = 0x30, 0x02, 0x03, 0x04, 0x06, 0x16, 0x18, 0xA0
SM2_WITH_SM3 = bytes.fromhex("2a811ccf55018375")  # 1.2.156.10197.1.501


def tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2)
    return bytes([tag]) + length + content


def inside(der: bytes) -> bytes:
    """Return the content of a value whose length takes two bytes."""
    assert der[1] == 0x82
    return der[4:]


def extension() -> bytes:
    one = tlv(SEQUENCE, tlv(OID, SM2_WITH_SM3), tlv(0x01, b"\x00"), tlv(OCTETS, b"more"))
    return tlv(SEQUENCE, one)


def signed_by(key: object, certificate: bytes, content: bytes, *more: bytes) -> bytes:
    signature = key.sign(content)  # type: ignore[attr-defined]
    parts = (content, tlv(OCTETS, certificate), tlv(OID, SM2_WITH_SM3), tlv(BIT_STRING, b"\x00", signature))
    return tlv(SEQUENCE, *parts, *more)


def their_seal(version: int, extended: bytes, *stamp: bytes) -> bytes:
    info = structures.seal_info(replace(INFO, version=version, vendor="Elsewhere"))
    return signed_by(MAKER_KEY, MAKER, tlv(SEQUENCE, inside(info), extended), *stamp)


def their_sealing(seal: bytes, version: int, extended: bytes, *stamp: bytes) -> bytes:
    moment = tlv(TIME, f"{AT:%Y%m%d%H%M%S}Z".encode())
    content = tlv(
        SEQUENCE,
        tlv(INTEGER, bytes([version])),
        seal,
        moment,
        tlv(BIT_STRING, b"\x00", HASH),
        tlv(IA5, b"/Doc_0/x.xml"),
        extended,
    )
    return signed_by(OFFICE_KEY, OFFICE, content, *stamp)


STAMP = tlv(TAG, tlv(BIT_STRING, b"\x00", b"a time stamp"))


@pytest.mark.parametrize(
    ("version", "in_seal", "in_sealing", "stamps"),
    [
        (4, b"", b"", ()),
        (4, extension(), b"", (STAMP,)),
        (4, extension(), tlv(TAG, extension()), ()),
        (4, tlv(TAG, extension()), b"", ()),
        (5, b"", b"", (STAMP,)),
        (5, extension(), tlv(TAG, extension()), (STAMP,)),
    ],
)
def test_what_others_write_is_verified(version: int, in_seal: bytes, in_sealing: bytes, stamps: tuple[bytes, ...]) -> None:
    seal = their_seal(version, in_seal, *(stamps if version == 5 else ()))
    verdict = judge(their_sealing(seal, version, in_sealing, *stamps))
    assert answers(verdict) == (True, True, True), verdict.failed


def test_a_bit_in_what_is_not_read_is_found_all_the_same() -> None:
    seal = their_seal(5, extension(), STAMP)
    good = their_sealing(seal, 5, tlv(TAG, extension()), STAMP)
    for at in (good.index(b"more"), good.rindex(b"more")):
        bent = bytearray(good)
        bent[at] ^= 1
        assert not judge(bytes(bent)).entitled
