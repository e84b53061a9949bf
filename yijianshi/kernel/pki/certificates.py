"""X.509 certificates with SM2 keys (GB/T 20518-2018 [L], RFC 5280): read into plain values, and their names."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import core, x509

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.pki import oids, sm2

MAX_BYTES = 16 * 1024
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)


class CertificateUnreadable(Invalid):
    """数字证书读不出来：{why}。请向对方索取完整的证书文件。

    The digital certificate cannot be read: {why}. Please ask for the whole certificate file.
    """


class UnknownAlgorithm(Invalid):
    """数字证书用了不认识的算法 {algorithm}，只接受 SM2 与 SM3。

    The digital certificate uses an unknown algorithm {algorithm}; only SM2 with SM3 is accepted.
    """


@dataclass(frozen=True, slots=True)
class Name:
    """Whom a certificate names."""

    common_name: str
    organisation: str = ""
    country: str = "CN"

    def to_asn1(self) -> x509.Name:
        """Return the name as it stands in a certificate."""
        parts = {"country_name": self.country, "organization_name": self.organisation, "common_name": self.common_name}
        return x509.Name.build({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it was read; *tbs* are the bytes its issuer signed, moments are aware (UTC)."""

    serial: int
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    public: bytes
    is_authority: bool
    signature: bytes
    tbs: bytes = field(repr=False)
    der: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Return the SM3 digest of the certificate, in hexadecimal digits."""
        return hashlib.new("sm3", self.der).hexdigest()

    def is_signed_by(self, authority: "Certificate") -> bool:
        """Say whether *authority*'s key made the signature."""
        return sm2.verify(authority.public, self.tbs, self.signature)


def parse(der: bytes) -> Certificate:
    """Return the certificate; raises CertificateUnreadable, UnknownAlgorithm."""
    if len(der) > MAX_BYTES:
        raise CertificateUnreadable(why=f"over {MAX_BYTES} bytes")
    try:
        read = x509.Certificate.load(der, strict=True)
        tbs = read["tbs_certificate"]
        _check_algorithms(read)
        usage = read.basic_constraints_value
        found = Certificate(
            serial=tbs["serial_number"].native,
            issuer=_name(tbs["issuer"]),
            subject=_name(tbs["subject"]),
            not_before=tbs["validity"]["not_before"].native,
            not_after=tbs["validity"]["not_after"].native,
            public=whole_bytes(tbs["subject_public_key_info"]["public_key"])[1:],
            is_authority=bool(usage and usage["ca"].native),
            signature=whole_bytes(read["signature_value"]),
            tbs=tbs.dump(),
            der=read.dump(),
        )
    except UNREADABLE as error:
        raise CertificateUnreadable(why=type(error).__name__) from error
    if found.der != der or len(found.public) != sm2.PUBLIC_BYTES or found.not_before.tzinfo is None:
        raise CertificateUnreadable(why="not in its one canonical form")
    return found


def whole_bytes(bits: core.Asn1Value) -> bytes:
    """Return the bytes of a BIT STRING; raises ValueError where bits are left over, which DER writes in more than one way."""
    content = bytes(bits.contents or b"")
    if content[:1] != b"\0":
        raise ValueError("bits are left over")
    return content[1:]


def _check_algorithms(read: x509.Certificate) -> None:
    key = read["tbs_certificate"]["subject_public_key_info"]["algorithm"]
    curve = key["parameters"]
    named = curve.chosen.dotted if key["algorithm"].native == "ec" and curve.name == "named" else key["algorithm"].dotted
    for found, wanted in (
        (named, oids.SM2_CURVE),
        (read["signature_algorithm"]["algorithm"].dotted, oids.SM2_WITH_SM3),
        (read["tbs_certificate"]["signature"]["algorithm"].dotted, oids.SM2_WITH_SM3),
    ):
        if found != wanted:
            raise UnknownAlgorithm(algorithm=found)


def _name(name: x509.Name) -> Name:
    parts = name.native
    texts = {kind: value if isinstance(value, str) else "、".join(value) for kind, value in parts.items()}
    return Name(texts.get("common_name", ""), texts.get("organization_name", ""), texts.get("country_name", ""))
