"""Every address says who may enter."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house import sources
from yijianshi.identity.entrance import entry_of

# The operator's pages stand below identity and guard themselves: healthz and readyz tell nothing, /metrics asks for this machine
# or a token (foundation/health.py, tests/rooms/foundation/test_health.py).
OPERATORS = frozenset({"healthz", "readyz", "metrics"})


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address with its pattern."""
    for one in resolver.url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, path)
        else:
            yield path, one


def test_every_route_declares_who_may_enter() -> None:
    found = list(routes(get_resolver()))
    broken = [f"/{path}" for path, pattern in found if path not in OPERATORS and entry_of(pattern.callback) is None]
    assert len(found) > len(OPERATORS)
    assert not broken, sources.told(
        broken,
        "These addresses have no door. Put @entry(PUBLIC | CITIZEN | STAFF, roles=… | DEMO) above the view, or auth=public,\n"
        "citizen_token, staff_token … on the API operation (yijianshi/identity/entrance).",
    )
