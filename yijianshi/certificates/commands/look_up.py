"""Verify a certificate from outside, a limited number of times per network address."""

from dataclasses import dataclass
from datetime import datetime

from yijianshi.certificates import queries
from yijianshi.certificates.logic import offline
from yijianshi.certificates.models import Certificate, SealedFile
from yijianshi.certificates.queries import PublicCertificate
from yijianshi.foundation import clock
from yijianshi.identity import commands as identity
from yijianshi.identity.logic.addresses import network_key


def look_up(code: str, *, address: str, at: datetime) -> PublicCertificate:
    """Return what anybody may know of the certificate with this code.

    Raises UnknownCode, and TooManyRequests for an address that asks too often.
    """
    identity.count_request("verify", network_key(address), at)
    return queries.verify(code, on=clock.today(at))


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file proves by itself, and what is known here of the certificate; None where this installation did not seal it."""

    verdict: offline.FileVerdict
    known: PublicCertificate | None


def check_file(content: bytes, *, address: str, at: datetime) -> CheckedFile:
    """Return the verdict on a certificate's file.

    Raises NotACertificateFile, NoSeal, SealTornOff, and TooManyRequests for an address that asks too often.
    """
    identity.count_request("verify", network_key(address), at)
    return check_known_file(content, at=at)


def check_known_file(content: bytes, *, at: datetime) -> CheckedFile:
    """Return the verdict on a file for somebody who need not be counted; raises as check_file does."""
    verdict = offline.check(content, queries.trusted(at=at), at=at)
    row = SealedFile.objects.filter(sha256=verdict.sha256).values_list("certificate_id", flat=True).first()
    code = Certificate.objects.filter(pk=row).values_list("verification_code", flat=True).first() if row else None
    return CheckedFile(verdict, queries.verify(code, on=clock.today(at)) if code else None)
