"""Seals and sealings: the eight steps, three answers, every bent bit, and structures made by another program."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import gmalg
import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.pki import authority, chain, oids, sm2
from yijianshi.kernel.pki.authority import Revoked, Wanted
from yijianshi.kernel.pki.certificates import Name
from yijianshi.kernel.seals import making, structures, verifying
from yijianshi.kernel.seals.structures import Picture, SealInfo

AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)
YEAR = timedelta(days=365)
ROOT_KEY, MAKER_KEY, OFFICE_KEY, OTHER_KEY = (sm2.generate() for _ in range(4))
ROOT = authority.make_root(Wanted(Name("根"), ROOT_KEY.public, AT - YEAR, AT + 9 * YEAR, 1, True), ROOT_KEY)


def issued(name: str, key: sm2.SoftwareSigner, serial: int, until: datetime = AT + YEAR) -> bytes:
    return authority.issue(Wanted(Name(name), key.public, AT - YEAR, until, serial), ROOT, ROOT_KEY).der


MAKER, OFFICE, OTHER = issued("制章", MAKER_KEY, 2), issued("登记中心", OFFICE_KEY, 3), issued("别的单位", OTHER_KEY, 4)
TRUSTED = chain.Trusted([ROOT])
INFO = SealInfo(
    es_id="41150000000001",
    kind=1,
    name="信阳市不动产登记中心登记专用章",
    created_at=AT - YEAR,
    valid_from=AT - YEAR,
    valid_to=AT + YEAR / 2,
    picture=Picture("PNG", b"\x89PNG", 42, 42),
    certificates=(OFFICE,),
)
HASH = hashlib.new("sm3", b"document").digest()


def seal(info: SealInfo = INFO) -> bytes:
    return making.make_seal(info, signer=MAKER_KEY, certificate=MAKER)


def sealed(seal_der: bytes = b"", key: sm2.SoftwareSigner = OFFICE_KEY, certificate: bytes = OFFICE, at: datetime = AT) -> bytes:
    return making.seal_document(
        seal_der or seal(),
        data_hash=HASH,
        property_info="/Doc_0/Signs/Sign_0/Signature.xml",
        at=at,
        signer=key,
        certificate=certificate,
    )


SEALED = sealed()


def judge(der: bytes, trusted: chain.Trusted = TRUSTED, at: datetime = AT, data_hash: bytes = HASH) -> verifying.Verdict:
    return verifying.verify(der, data_hash=data_hash, trusted=trusted, at=at)


def answers(verdict: verifying.Verdict) -> tuple[bool, bool, bool]:
    return verdict.intact, verdict.entitled, verdict.valid_now


@pytest.mark.parametrize("version", [4, 5])
@pytest.mark.parametrize("by_digest", [False, True])
def test_a_sealing_is_good_in_all_eight_steps(version: int, by_digest: bool) -> None:
    digest = hashlib.new("sm3", OFFICE).digest()
    info = replace(INFO, version=version, **({"certificates": (), "digests": (digest,)} if by_digest else {}))
    verdict = judge(sealed(seal(info)))
    assert [step.passed for step in verdict.steps] == [True] * 8
    assert answers(verdict) == (True, True, True)
    assert (verdict.seal_name, verdict.seal_id, verdict.signer, verdict.sealed_at) == (INFO.name, INFO.es_id, "登记中心", AT)
    assert structures.parse_seal(seal(info)).info == info


def lists(serial: int, since: datetime) -> chain.Trusted:
    made = authority.make_list(ROOT, ROOT_KEY, [Revoked(serial, since)], at=AT, next_at=AT + YEAR)
    return replace(TRUSTED, lists={ROOT.fingerprint: authority.parse_list(made, ROOT)})


def bend(part: Callable[[structures._Sealing], None]) -> bytes:
    """Return the sealing with one part changed and written anew."""
    read = structures._Sealing.load(SEALED)
    part(read)
    return bytes(read.dump(force=True))


STRANGER_ROOT = authority.make_root(Wanted(Name("陌生"), OTHER_KEY.public, AT - YEAR, AT + YEAR, 1, True), OTHER_KEY)


@pytest.mark.parametrize(
    ("der", "trusted", "data_hash", "code", "expected"),
    [
        (b"", TRUSTED, HASH, "seal-unreadable", (False, False, False)),
        (SEALED[:-1], TRUSTED, HASH, "seal-unreadable", (False, False, False)),
        (SEALED + b"\0", TRUSTED, HASH, "seal-unreadable", (False, False, False)),
        (b"0" * (1 << 21), TRUSTED, HASH, "seal-unreadable", (False, False, False)),
        (SEALED, TRUSTED, HASH[::-1], "document-altered", (False, False, False)),
        (sealed(key=OTHER_KEY), TRUSTED, HASH, "bad-signature", (False, False, False)),
        (sealed(key=OTHER_KEY, certificate=OTHER), TRUSTED, HASH, "signer-not-listed", (True, False, False)),
        (SEALED, chain.Trusted([STRANGER_ROOT]), HASH, "unknown-issuer", (True, False, False)),
        (SEALED, lists(3, AT - YEAR), HASH, "certificate-revoked", (True, False, False)),
        (SEALED, lists(2, AT - YEAR), HASH, "certificate-revoked", (True, False, False)),
        (sealed(at=AT + 0.7 * YEAR), TRUSTED, HASH, "seal-expired", (True, False, False)),
        (
            sealed(seal(replace(INFO, valid_from=AT + timedelta(days=1)))),
            TRUSTED,
            HASH,
            "seal-not-yet-valid",
            (True, False, False),
        ),
        (sealed(at=AT + 2 * YEAR), TRUSTED, HASH, "certificate-expired", (True, False, False)),
        (sealed(at=AT - 2 * YEAR), TRUSTED, HASH, "certificate-not-yet-valid", (True, False, False)),
        (
            sealed(making.make_seal(INFO, signer=OTHER_KEY, certificate=MAKER)),
            TRUSTED,
            HASH,
            "seal-altered",
            (False, False, False),
        ),
    ],
)
def test_every_fault_has_its_own_name(
    der: bytes, trusted: chain.Trusted, data_hash: bytes, code: str, expected: tuple[bool, bool, bool]
) -> None:
    verdict = judge(der, trusted, data_hash=data_hash)
    assert verdict.failed is not None
    assert verdict.failed.code == code
    assert answers(verdict) == expected


def test_unknown_algorithms_and_versions_are_named() -> None:
    other = structures.sealing(structures._Sealing.load(SEALED)["to_sign"].dump(), OFFICE, "1.2.840.113549.1.1.11", b"x" * 70)
    assert judge(other).failed.code == "unknown-algorithm"  # type: ignore[union-attr]
    old = seal(replace(INFO, version=3))
    with pytest.raises(structures.UnknownSealVersion, match="version 3"):
        structures.parse_seal(old)
    foreign = bytearray(seal())
    foreign[foreign.index(b"\x16\x02ES") + 2] = ord("X")
    with pytest.raises(structures.SealUnreadable, match="ES"):
        structures.parse_seal(bytes(foreign))


def test_what_ends_later_held_then() -> None:
    later = lists(3, AT + timedelta(days=1))
    verdict = judge(SEALED, later, at=AT + timedelta(days=2))
    assert answers(verdict) == (True, True, False)
    assert verdict.why_not_now is not None
    assert "吊销" in verdict.why_not_now.zh
    assert answers(judge(SEALED, at=AT + 0.7 * YEAR)) == (True, True, False)
    assert answers(judge(SEALED, at=AT + 3 * YEAR)) == (True, True, False)


def test_seals_made_by_another_program_are_read() -> None:
    maker = gmalg.SM2(MAKER_KEY.private, b"1234567812345678", b"\x04" + MAKER_KEY.public)
    office = gmalg.SM2(OFFICE_KEY.private, b"1234567812345678", b"\x04" + OFFICE_KEY.public)

    def der(oracle: gmalg.SM2, text: bytes) -> bytes:
        r, s = oracle.sign(text)
        return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))

    info = replace(INFO, vendor="Elsewhere")
    theirs = structures.seal(info, MAKER, oids.SM2_WITH_SM3, der(maker, structures.seal_info(info)))
    signed = structures.to_sign(theirs, AT, HASH, "x", 4)
    assert answers(judge(structures.sealing(signed, OFFICE, oids.SM2_WITH_SM3, der(office, signed)))) == (True, True, True)


@given(st.integers(0, len(SEALED) - 1), st.integers(0, 7))
def test_no_flipped_bit_is_intact(at: int, bit: int) -> None:
    bent = bytearray(SEALED)
    bent[at] ^= 1 << bit
    verdict = judge(bytes(bent))
    assert not verdict.entitled
    assert verdict.failed is not None


@given(st.binary(max_size=300))
def test_any_bytes_get_a_verdict(content: bytes) -> None:
    assert not judge(content).intact


@given(st.integers(0, len(SEALED)), st.integers(0, len(SEALED)), st.binary(max_size=20))
def test_any_cut_gets_a_verdict(first: int, second: int, between: bytes) -> None:
    content = SEALED[:first] + between + SEALED[second:]
    assert judge(content).entitled is (content == SEALED)


def test_an_altered_certificate_of_the_signer_is_called_forged() -> None:
    at = SEALED.rindex("登记中心".encode())  # its own copy, behind what it signed
    verdict = judge(SEALED[:at] + "登记中以".encode() + SEALED[at + 12 :])
    assert answers(verdict) == (False, False, False)
    assert verdict.failed is not None
    assert verdict.failed.code == "certificate-forged"
