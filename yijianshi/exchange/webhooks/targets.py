"""Where a webhook may go: to public addresses over HTTPS; to this machine only where the house is tried out."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from yijianshi.kernel.errors import Invalid

LONGEST = 500


class NotATarget(Invalid):
    """这个地址不能用来接收通知。请写公网可以访问的 https:// 地址，不带用户名、密码和“#”。

    This address cannot receive webhooks. Please give a public https:// address without user name, password or "#".
    """


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed address."""

    host: str
    port: int
    path: str
    is_secure: bool


def parse_target(address: str, *, local: bool) -> Target:
    """Return the target an address names; raises NotATarget. *local*: this machine may be named, over plain HTTP, too."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotATarget(field="address") from None
    secure = parts.scheme == "https"
    odd = parts.username or parts.password or parts.fragment or not parts.hostname or len(address) > LONGEST
    if odd or not address.isascii() or any(char <= " " for char in address):
        raise NotATarget(field="address")
    if not secure and not (local and parts.scheme == "http" and is_loopback_name(parts.hostname or "")):
        raise NotATarget(field="address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.hostname or "", port or (443 if secure else 80), path, secure)


def is_loopback_name(host: str) -> bool:
    """Say whether a host name or literal address is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def may_reach(address: str, *, local: bool) -> bool:
    """Say whether a resolved IP address may be connected to: public ones, and this machine where *local*."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return (found.is_global and not found.is_multicast) or (local and found.is_loopback)
