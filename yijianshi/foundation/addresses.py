"""Who is at the other end of a request, counted from the proxies we run ourselves."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address; headers are believed only as far as ``YIJIANSHI_PROXIES`` proxies of ours wrote them."""
    own: int = settings.TRUSTED_PROXIES
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    claimed = chain[-own] if 0 < own <= len(chain) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(claimed))
    except ValueError:
        return ""


def is_loopback(request: HttpRequest) -> bool:
    """Return whether the request comes from this machine itself."""
    address = client_address(request)
    return bool(address) and ip_address(address).is_loopback
