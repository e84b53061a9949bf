"""Certificates and chains, against two programs that are not ours: OpenSSL, and gmalg in pure Python."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import gmalg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.pki import authority, chain, sm2
from yijianshi.kernel.pki.authority import Revoked, Wanted
from yijianshi.kernel.pki.certificates import Certificate, CertificateUnreadable, Name, UnknownAlgorithm, parse

AT = datetime(2026, 3, 2, tzinfo=UTC)
YEAR = timedelta(days=365)
ROOT_KEY, MIDDLE_KEY, LEAF_KEY = sm2.generate(), sm2.generate(), sm2.generate()


def wanted(name: str, key: sm2.SoftwareSigner, serial: int = 1, **more: object) -> Wanted:
    return replace(Wanted(Name(name, "信阳市"), key.public, AT - YEAR, AT + YEAR, serial), **more)  # type: ignore[arg-type]


ROOT = authority.make_root(wanted("根", ROOT_KEY, is_authority=True), ROOT_KEY)
MIDDLE = authority.issue(wanted("中间", MIDDLE_KEY, 2, is_authority=True), ROOT, ROOT_KEY)
LEAF = authority.issue(wanted("不动产登记中心", LEAF_KEY, 3), MIDDLE, MIDDLE_KEY)
TRUSTED = chain.Trusted([ROOT], [MIDDLE])


def test_the_example_of_the_standard() -> None:
    # GB/T 32918.5-2017 appendix A.2: public key and signature of "message digest"
    public = bytes.fromhex(
        "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
    )
    r = int("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3", 16)
    s = int("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA", 16)
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    assert sm2.verify(public, b"message digest", encode_dss_signature(r, s))
    assert not sm2.verify(public, b"message digesT", encode_dss_signature(r, s))


def test_another_program_agrees_both_ways() -> None:
    oracle = gmalg.SM2(LEAF_KEY.private, b"1234567812345678", b"\x04" + LEAF_KEY.public)
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    r, s = oracle.sign(b"text")
    assert sm2.verify(LEAF_KEY.public, b"text", encode_dss_signature(int.from_bytes(r), int.from_bytes(s)))
    ours = decode_dss_signature(LEAF_KEY.sign(b"text"))
    assert oracle.verify(b"text", *(part.to_bytes(32) for part in ours))


def test_openssl_reads_and_verifies_ours(tmp_path: Path) -> None:
    for name, one in (("root", ROOT), ("middle", MIDDLE), ("leaf", LEAF)):
        (tmp_path / f"{name}.der").write_bytes(one.der)
        subprocess.run(
            ["openssl", "x509", "-inform", "DER", "-in", f"{name}.der", "-out", f"{name}.pem"], cwd=tmp_path, check=True
        )
    shown = subprocess.run(
        ["openssl", "x509", "-in", "leaf.pem", "-noout", "-text", "-nameopt", "utf8"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "Signature Algorithm: SM2-with-SM3" in shown
    assert "不动产登记中心" in shown
    moment = str(int(AT.timestamp()))  # link by link: it gives the signers' identity only to the certificate and its issuer
    for issuer, one in (("root", "middle"), ("middle", "leaf")):
        command = (
            f"openssl verify -attime {moment} -vfyopt distid:1234567812345678 -partial_chain -trusted {issuer}.pem {one}.pem"
        )
        told = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True)
        assert told.stdout.strip() == f"{one}.pem: OK", told.stderr


def test_a_certificate_is_read_as_it_was_made() -> None:
    assert (LEAF.subject, LEAF.issuer) == (Name("不动产登记中心", "信阳市"), Name("中间", "信阳市"))
    assert (LEAF.serial, LEAF.public, LEAF.not_after, LEAF.is_authority) == (3, LEAF_KEY.public, AT + YEAR, False)
    assert MIDDLE.is_authority
    assert parse(LEAF.der) == LEAF


def test_a_chain_leads_to_the_root() -> None:
    assert chain.check(LEAF, TRUSTED, at=AT) == (LEAF, MIDDLE, ROOT)
    assert chain.check(ROOT, TRUSTED, at=AT) == (ROOT,)


def _revoked(at: datetime) -> chain.Trusted:
    made = authority.make_list(MIDDLE, MIDDLE_KEY, [Revoked(3, at, "key_compromise")], at=AT, next_at=AT + YEAR)
    return replace(TRUSTED, lists={MIDDLE.fingerprint: authority.parse_list(made, MIDDLE)})


STRANGER = authority.make_root(wanted("陌生", LEAF_KEY, is_authority=True), LEAF_KEY)
SHORT = authority.make_root(wanted("根", ROOT_KEY, is_authority=True, not_after=AT + YEAR / 2), ROOT_KEY)
IMPOSTOR = authority.make_root(wanted("根", LEAF_KEY, is_authority=True), LEAF_KEY)
UNDER_LEAF = authority.issue(wanted("下级", MIDDLE_KEY, 9), LEAF, LEAF_KEY)


@pytest.mark.parametrize(
    ("certificate", "trusted", "at", "error"),
    [
        (LEAF, chain.Trusted([STRANGER]), AT, chain.UnknownIssuer),
        (LEAF, chain.Trusted([IMPOSTOR], [MIDDLE]), AT, chain.CertificateForged),
        (LEAF, TRUSTED, AT + 2 * YEAR, chain.CertificateExpired),
        (LEAF, chain.Trusted([SHORT], [MIDDLE]), AT + 0.7 * YEAR, chain.RootExpired),
        (LEAF, chain.Trusted([SHORT], [MIDDLE]), AT - 2 * YEAR, chain.CertificateNotYetValid),
        (ROOT, TRUSTED, AT + 2 * YEAR, chain.CertificateExpired),
        (LEAF, TRUSTED, AT - 2 * YEAR, chain.CertificateNotYetValid),
        (LEAF, _revoked(AT), AT, chain.CertificateRevoked),
        (UNDER_LEAF, replace(TRUSTED, between=[MIDDLE, LEAF]), AT, chain.NotAnAuthority),
        (STRANGER, TRUSTED, AT, chain.UnknownIssuer),
    ],
)
def test_every_fault_has_its_name(
    certificate: Certificate, trusted: chain.Trusted, at: datetime, error: type[DomainError]
) -> None:
    if certificate is STRANGER:
        trusted = chain.Trusted([ROOT])
    with pytest.raises((error, chain.ChainTooLong) if certificate is STRANGER else error):
        chain.check(certificate, trusted, at=at)


def test_what_was_revoked_later_held_before() -> None:
    assert chain.check(LEAF, _revoked(AT + timedelta(days=1)), at=AT)[-1] == ROOT


def test_no_certificate_outlives_its_issuers() -> None:
    made = authority.issue(wanted("长久", LEAF_KEY, 8, not_after=AT + 50 * YEAR), SHORT, ROOT_KEY)
    assert made.not_after == SHORT.not_after
    assert authority.issue(wanted("短暂", LEAF_KEY, 8, not_after=AT), SHORT, ROOT_KEY).not_after == AT


def test_a_chain_has_an_end() -> None:
    keys, links = ROOT_KEY, [ROOT]
    for number in range(6):
        key = sm2.generate()
        links.append(authority.issue(wanted(f"第{number}级", key, 10 + number, is_authority=True), links[-1], keys))
        keys = key
    with pytest.raises(chain.ChainTooLong):
        chain.check(links[-1], chain.Trusted([ROOT], links[1:-1]), at=AT)


def test_lists_are_their_authoritys() -> None:
    made = authority.make_list(MIDDLE, MIDDLE_KEY, [Revoked(3, AT), Revoked(4, AT, "superseded")], at=AT, next_at=AT + YEAR)
    read = authority.parse_list(made, MIDDLE)
    assert read.revoked == (Revoked(3, AT, "unspecified"), Revoked(4, AT, "superseded"))
    assert read.find(5) is None
    assert authority.parse_list(authority.make_list(MIDDLE, MIDDLE_KEY, [], at=AT, next_at=AT + YEAR), MIDDLE).revoked == ()
    for der, by in ((made, ROOT), (made[:-1], MIDDLE), (made + b"\0", MIDDLE), (b"", MIDDLE), (b"0" * (9 << 20), MIDDLE)):
        with pytest.raises(authority.RevocationListUnreadable):
            authority.parse_list(der, by)


def test_other_algorithms_are_named(tmp_path: Path) -> None:
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x -outform DER -out other.der -keyout key"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(UnknownAlgorithm, match="1\\.2\\.840\\.10045\\.3\\.1\\.7"):
        parse((tmp_path / "other.der").read_bytes())


@pytest.mark.parametrize("bend", [lambda der: der[:-1], lambda der: der + b"\0", lambda der: b"", lambda der: der * 40])
def test_a_broken_certificate_is_unreadable(bend: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CertificateUnreadable):
        parse(bend(LEAF.der))


@given(st.integers(0, len(LEAF.der) - 1), st.integers(0, 7))
def test_no_flipped_bit_passes(at: int, bit: int) -> None:
    bent = bytearray(LEAF.der)
    bent[at] ^= 1 << bit
    with pytest.raises(DomainError):
        chain.check(parse(bytes(bent)), TRUSTED, at=AT)


def test_left_over_bits_are_no_second_spelling() -> None:
    """A signature that ends in zero bits could be written with them left over, and mean the same."""
    for serial in range(100, 200):
        der = authority.issue(wanted("x", LEAF_KEY, serial), MIDDLE, MIDDLE_KEY).der
        if der[-1] & 1 == 0:
            break
    place = len(der) - len(parse(der).signature) - 1
    assert der[place] == 0
    with pytest.raises(CertificateUnreadable):
        parse(der[:place] + b"\x01" + der[place + 1 :])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(DomainError):
        parse(content)
    assert not sm2.verify(LEAF_KEY.public, b"text", content)
