"""Verify a certificate from outside, a limited number of times per network address."""

from datetime import datetime

from yijianshi.certificates import queries
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
