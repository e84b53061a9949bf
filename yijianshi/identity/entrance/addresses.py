"""From which network address a request comes."""

from django.conf import settings
from django.http import HttpRequest

from yijianshi.identity.logic.addresses import client_address


def address_of(request: HttpRequest) -> str:
    """Return the client's address, believing X-Forwarded-For only as far as the configured number of proxies."""
    meta = request.META
    return client_address(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES)
