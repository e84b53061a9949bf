"""What anybody needs to verify our seals: the roots of this installation, and the signed lists of what ended early."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from yijianshi.certificates.logic import ended as ended_lists
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.models import RAN_OUT, Certificate, PersonalSeal, Seal
from yijianshi.foundation import clock, signing
from yijianshi.kernel.pki import authority, certificates, chain
from yijianshi.kernel.pki.authority import RevocationList, Revoked

LIST_TERM = timedelta(days=7)
ROOT = "root"


def root_certificates() -> list[bytes]:
    """Return the certificates (DER) of all roots of this installation, the one in use first, then the latest."""
    return [key.certificate for key in _roots()]


def revocation_lists(*, at: datetime) -> list[bytes]:
    """Return the signed lists (DER) of seal certificates that ended early, one for each root; none before there is an authority.

    Once a root has run out, its last list stands: what was revoked in time stays revoked.
    """
    return [
        authority.make_list(issuer, root.signer, listed.revoked, at=listed.issued_at, next_at=listed.next_at)
        for root, issuer, listed in _listed(at)
    ]


def ended_list(*, at: datetime) -> dict[str, Any] | None:
    """Return the list of certificates that no longer hold, signed by the root in use, None without one; see logic.ended."""
    root = next((key for key in _roots() if key.retired_at is None), None)
    if root is None:
        return None
    rows = Certificate.objects.exclude(state=State.VALID).values_list("identifier", "state", "state_at")
    ended = ((name, state, clock.today(moment) if moment else None) for name, state, moment in rows.iterator(chunk_size=5_000))
    return ended_lists.make(ended, signer=root.signer, at=at)


def trusted(*, at: datetime) -> chain.Trusted:
    """Return whom this installation trusts, with its own current revocation lists."""
    found = [(issuer, listed) for _, issuer, listed in _listed(at)]
    return chain.Trusted([issuer for issuer, _ in found], (), {issuer.fingerprint: listed for issuer, listed in found})


def _roots() -> list[signing.Key]:
    return [key for key in signing.list_keys(ROOT) if key.certificate]


def _listed(at: datetime) -> Iterator[tuple[signing.Key, certificates.Certificate, RevocationList]]:
    """Yield each root, its certificate, and what is on its list."""
    roots = _roots()
    revoked = _revoked() if roots else []
    for root in roots:
        issuer = certificates.parse(root.certificate)
        last = min(at, issuer.not_after)
        ended = [one for name, one in revoked if name == issuer.subject and one.at <= last]
        yield root, issuer, RevocationList(issuer.subject, last, min(at + LIST_TERM, issuer.not_after), tuple(ended))


def _revoked() -> list[tuple[certificates.Name, Revoked]]:
    """Return the certificates of seals that were ended, each with the name of its issuer; moments in whole seconds, as listed."""
    moments = dict(Seal.objects.filter(ended_at__isnull=False).values_list("key_id", "ended_at"))
    persons = PersonalSeal.objects.filter(ended_at__isnull=False).exclude(ended_reason=RAN_OUT)
    moments |= dict(persons.values_list("key_id", "ended_at"))
    known = signing.certificates_of(moments)
    found = [(certificates.parse(known[key_id]), moment) for key_id, moment in moments.items() if moment and key_id in known]
    return [(one.issuer, Revoked(one.serial, moment.replace(microsecond=0), "cessation_of_operation")) for one, moment in found]
