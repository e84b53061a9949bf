"""Network addresses as keys for throttling."""

from ipaddress import IPv6Address, ip_address, ip_network

UNKNOWN = "unknown"


def network_key(address: str) -> str:
    """Return the address itself, or the /64 network of an IPv6 address, since one household owns the whole network."""
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return UNKNOWN
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
