"""From a certificate up to a root that is trusted: every step signed, in force, and not taken back (RFC 5280 section 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.pki.authority import RevocationList
from yijianshi.kernel.pki.certificates import Certificate

LONGEST = 5


class UnknownIssuer(Invalid):
    """证书“{name}”的发证机构不在可信名单里。名单如果是很久以前存的，请重新取得。

    The authority that issued the certificate of {name} is not among those trusted. If your list is an old one, please get it
    again.
    """


class CertificateForged(Invalid):
    """证书“{name}”的签名不对：被改过，或者不是所说的机构发的。

    The signature on the certificate of {name} is wrong: it was altered, or that authority did not issue it.
    """


class CertificateExpired(Invalid):
    """证书“{name}”在 {at} 已经过期（有效期到 {until}）。

    The certificate of {name} had expired at {at}; it was valid until {until}.
    """


class CertificateNotYetValid(Invalid):
    """证书“{name}”在 {at} 还没有生效（{since} 起有效）。

    The certificate of {name} was not valid yet at {at}; it is valid from {since}.
    """


class RootExpired(Invalid):
    """证书“{name}”的发证机构“{root}”的根证书在 {at} 已经过期（有效期到 {until}）。

    The root {root}, under which the certificate of {name} was issued, had expired at {at}; it was valid until {until}.
    """


class CertificateRevoked(Invalid):
    """证书“{name}”已在 {since} 吊销。

    The certificate of {name} was revoked at {since}.
    """


class NotAnAuthority(Invalid):
    """证书“{name}”不是发证机构的证书，却给别人发了证。

    The certificate of {name} is not an authority's, yet it issued another.
    """


class ChainTooLong(Invalid):
    """证书链太长，超过 {most} 级。

    The chain of certificates is longer than {most}.
    """


@dataclass(frozen=True, slots=True)
class Trusted:
    """Roots, certificates between, and the revocation lists by their authority's fingerprint."""

    roots: Sequence[Certificate]
    between: Sequence[Certificate] = ()
    lists: Mapping[str, RevocationList] = field(default_factory=dict)


def check(certificate: Certificate, trusted: Trusted, *, at: datetime) -> tuple[Certificate, ...]:
    """Return the chain from *certificate* to a root, judged at the moment *at*; raises the error that names what is wrong."""
    chain = [certificate]
    roots = {one.fingerprint for one in trusted.roots}
    while chain[-1].fingerprint not in roots:  # signatures first: what an altered certificate says of itself counts for nothing
        if len(chain) == LONGEST:
            raise ChainTooLong(most=LONGEST)
        issuer = _issuer_of(chain[-1], trusted)
        if not issuer.is_authority:
            raise NotAnAuthority(name=issuer.subject.common_name)
        chain.append(issuer)
    for one in chain[:-1]:
        _check_term(one, at)
    _check_root(chain[-1], certificate, at)
    for one, issuer in pairwise(chain):
        _check_revocation(one, issuer, trusted, at)
    return tuple(chain)


def _issuer_of(certificate: Certificate, trusted: Trusted) -> Certificate:
    named = [one for one in (*trusted.roots, *trusted.between) if one.subject == certificate.issuer]
    if not named:
        raise UnknownIssuer(name=certificate.subject.common_name)
    fitting = next((one for one in named if certificate.is_signed_by(one)), None)
    if fitting is None:
        raise CertificateForged(name=certificate.subject.common_name)
    return fitting


def _check_term(certificate: Certificate, at: datetime) -> None:
    name = certificate.subject.common_name
    if at < certificate.not_before:
        raise CertificateNotYetValid(name=name, at=f"{at:%F %R}", since=f"{certificate.not_before:%F %R}")
    if at > certificate.not_after:
        raise CertificateExpired(name=name, at=f"{at:%F %R}", until=f"{certificate.not_after:%F %R}")


def _check_root(root: Certificate, certificate: Certificate, at: datetime) -> None:
    if root != certificate and at > root.not_after:
        name, until = certificate.subject.common_name, f"{root.not_after:%F %R}"
        raise RootExpired(name=name, root=root.subject.common_name, at=f"{at:%F %R}", until=until)
    _check_term(root, at)


def _check_revocation(certificate: Certificate, issuer: Certificate, trusted: Trusted, at: datetime) -> None:
    known = trusted.lists.get(issuer.fingerprint)
    entry = known.find(certificate.serial) if known else None
    if entry and entry.at <= at:
        raise CertificateRevoked(name=certificate.subject.common_name, since=f"{entry.at:%F %R}")
