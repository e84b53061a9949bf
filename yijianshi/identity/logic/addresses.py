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


def client_address(peer: str, forwarded: str, proxies: int) -> str:
    """Return who really asked: *peer*, or behind *proxies* reverse proxies the address the outermost of them saw.

    ``forwarded`` is the X-Forwarded-For header. Anybody can forge its left part, so hops are counted from the right; a header
    with fewer hops than proxies did not come through them all and is not believed.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return hops[-proxies] if 0 < proxies <= len(hops) else peer
