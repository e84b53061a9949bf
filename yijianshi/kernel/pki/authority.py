"""A small certificate authority: its own root, certificates for others, and the list of what it took back (RFC 5280)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from asn1crypto import algos, core, crl, keys, x509

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.pki import certificates, oids, sm2
from yijianshi.kernel.pki.certificates import Certificate, Name

MAX_LIST = 8 * 1024 * 1024
REASONS = ("unspecified", "key_compromise", "affiliation_changed", "superseded", "cessation_of_operation", "certificate_hold")


class RevocationListUnreadable(Invalid):
    """吊销列表读不出来，或者不是发证机构签的。请重新取一份。

    The revocation list cannot be read, or the authority did not sign it. Please fetch it again.
    """


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a certificate is to say; moments are aware."""

    subject: Name
    public: bytes
    not_before: datetime
    not_after: datetime
    serial: int
    is_authority: bool = False


@dataclass(frozen=True, slots=True)
class Revoked:
    """One certificate taken back: since when, and why (one of REASONS)."""

    serial: int
    at: datetime
    reason: str = "unspecified"


@dataclass(frozen=True, slots=True)
class RevocationList:
    """What an authority took back, as of *issued_at*; *next_at* is when it owes a newer list."""

    issuer: Name
    issued_at: datetime
    next_at: datetime
    revoked: tuple[Revoked, ...]

    def find(self, serial: int) -> Revoked | None:
        """Return the entry of a certificate, or None."""
        return next((one for one in self.revoked if one.serial == serial), None)


def make_root(wanted: Wanted, signer: sm2.Signer) -> Certificate:
    """Return the certificate of a root, signed by itself."""
    return _issue(wanted, wanted.subject, wanted.public, signer)


def issue(wanted: Wanted, authority: Certificate, signer: sm2.Signer) -> Certificate:
    """Return a certificate issued by *authority*, whose key *signer* holds; it ends with *authority* at the latest."""
    wanted = replace(wanted, not_after=min(wanted.not_after, authority.not_after))
    return _issue(wanted, authority.subject, authority.public, signer)


def make_list(
    authority: Certificate, signer: sm2.Signer, revoked: Sequence[Revoked], *, at: datetime, next_at: datetime
) -> bytes:
    """Return the signed list (DER) of what *authority* took back."""
    entries = [
        {
            "user_certificate": one.serial,
            "revocation_date": _time(one.at),
            "crl_entry_extensions": [{"extn_id": "crl_reason", "extn_value": crl.CRLReason(one.reason)}],
        }
        for one in revoked
    ]
    tbs = crl.TbsCertList(
        {
            "version": "v2",
            "signature": _algorithm(),
            "issuer": authority.subject.to_asn1(),
            "this_update": _time(at),
            "next_update": _time(next_at),
            **({"revoked_certificates": entries} if entries else {}),
        }
    )
    signed = crl.CertificateList(
        {
            "tbs_cert_list": tbs,
            "signature_algorithm": _algorithm(),
            "signature": core.OctetBitString(signer.sign(tbs.dump())),
        }
    )
    return bytes(signed.dump())


def parse_list(der: bytes, authority: Certificate) -> RevocationList:
    """Return what *authority*'s list says; raises RevocationListUnreadable, also for another's signature."""
    if len(der) > MAX_LIST:
        raise RevocationListUnreadable
    try:
        read = crl.CertificateList.load(der, strict=True)
        tbs = read["tbs_cert_list"]
        fits = sm2.verify(authority.public, tbs.dump(), certificates.whole_bytes(read["signature"]))
        revoked = [_revoked(one) for one in tbs["revoked_certificates"] or ()]
        found = RevocationList(authority.subject, tbs["this_update"].native, tbs["next_update"].native, tuple(revoked))
    except certificates.UNREADABLE as error:
        raise RevocationListUnreadable from error
    if not fits or read["signature_algorithm"]["algorithm"].dotted != oids.SM2_WITH_SM3:
        raise RevocationListUnreadable
    return found


def _issue(wanted: Wanted, issuer: Name, issuer_public: bytes, signer: sm2.Signer) -> Certificate:
    tbs = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": wanted.serial,
            "signature": _algorithm(),
            "issuer": issuer.to_asn1(),
            "validity": {"not_before": _time(wanted.not_before), "not_after": _time(wanted.not_after)},
            "subject": wanted.subject.to_asn1(),
            "subject_public_key_info": _public(wanted.public),
            "extensions": _extensions(wanted, issuer_public),
        }
    )
    made = x509.Certificate(
        {
            "tbs_certificate": tbs,
            "signature_algorithm": _algorithm(),
            "signature_value": core.OctetBitString(signer.sign(tbs.dump())),
        }
    )
    return certificates.parse(bytes(made.dump()))


def _extensions(wanted: Wanted, issuer_public: bytes) -> list[dict[str, object]]:
    usage = {"key_cert_sign", "crl_sign"} if wanted.is_authority else {"digital_signature", "non_repudiation"}
    return [
        {"extn_id": "basic_constraints", "critical": True, "extn_value": x509.BasicConstraints({"ca": wanted.is_authority})},
        {"extn_id": "key_usage", "critical": True, "extn_value": x509.KeyUsage(usage)},
        {"extn_id": "key_identifier", "extn_value": core.OctetString(_identifier(wanted.public))},
        {
            "extn_id": "authority_key_identifier",
            "extn_value": x509.AuthorityKeyIdentifier({"key_identifier": _identifier(issuer_public)}),
        },
    ]


def _public(public: bytes) -> keys.PublicKeyInfo:
    algorithm = keys.PublicKeyAlgorithm(
        {"algorithm": "ec", "parameters": keys.ECDomainParameters(name="named", value=keys.NamedCurve("sm2p256v1"))}
    )
    return keys.PublicKeyInfo({"algorithm": algorithm, "public_key": keys.ECPointBitString(b"\x04" + public)})


def _identifier(public: bytes) -> bytes:
    return hashlib.new("sm3", b"\x04" + public).digest()[:20]


def _algorithm() -> algos.SignedDigestAlgorithm:
    return algos.SignedDigestAlgorithm({"algorithm": oids.SM2_WITH_SM3})


def _time(moment: datetime) -> x509.Time:
    moment = moment.astimezone(UTC).replace(microsecond=0)
    if moment.year < 2050:
        return x509.Time(name="utc_time", value=core.UTCTime(moment))
    return x509.Time(name="general_time", value=core.GeneralizedTime(moment))


def _revoked(one: crl.RevokedCertificate) -> Revoked:
    reason = one.crl_reason_value
    return Revoked(
        one["user_certificate"].native, one["revocation_date"].native, reason.native if reason is not None else "unspecified"
    )
