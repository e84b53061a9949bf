"""The request itself: only to addresses that may be reached, no redirects, little patience, little read; and the loop."""

import http.client
import socket
import ssl
import threading

import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from yijianshi.exchange.webhooks.commands import send_due
from yijianshi.exchange.webhooks.commands.send import Outcome, Sending
from yijianshi.exchange.webhooks.targets import NotATarget, Target, may_reach, parse_target
from yijianshi.foundation import clock

TIMEOUT_SECONDS = 5.0
_MOST_READ = 4_096
_REST_SECONDS, _PAUSE_SECONDS = 1.0, 5.0
_log = structlog.get_logger()


def post(sending: Sending) -> Outcome:
    """Make the request and return what came of it; never raises for what the other side does."""
    local = settings.MODE != "production"
    try:
        target = parse_target(sending.address, local=local)
        place = _reachable(target, local)
    except NotATarget:
        return Outcome(0, "address not allowed")
    except OSError as error:
        return Outcome(0, type(error).__name__)
    if place is None:
        return Outcome(0, "address not allowed")
    try:
        return _ask(target, place, sending)
    except (OSError, http.client.HTTPException) as error:
        return Outcome(0, type(error).__name__)


def run_webhooks(stop: threading.Event) -> None:
    """Send what is due until *stop* is set; survives restarts of the database."""
    while not stop.is_set():
        try:
            done = send_due(post, at=clock.now())
            rest = 0.0 if done else _REST_SECONDS
        except (DatabaseError, psycopg.Error) as error:
            _log.warning("webhooks.database_away", why=type(error).__name__)
            rest = _PAUSE_SECONDS
        finally:
            connection.close()
        stop.wait(rest)


def _reachable(target: Target, local: bool) -> str | None:
    """Return an address of the host that may be connected to; the check and the connection use the very same one."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    places = [str(row[4][0]) for row in found]
    return places[0] if places and all(may_reach(place, local=local) for place in places) else None


def _ask(target: Target, place: str, sending: Sending) -> Outcome:
    line = http.client.HTTPConnection(target.host, target.port, timeout=TIMEOUT_SECONDS)
    raw = socket.create_connection((place, target.port), timeout=TIMEOUT_SECONDS)
    line.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=target.host) if target.is_secure else raw
    try:
        line.request("POST", target.path, sending.body, {"Host": _host(target), **sending.headers, "Connection": "close"})
        answer = line.getresponse()
        answer.read(_MOST_READ)
        return Outcome(answer.status, "" if 200 <= answer.status < 300 else f"HTTP {answer.status}")
    finally:
        line.close()


def _host(target: Target) -> str:
    usual = 443 if target.is_secure else 80
    name = f"[{target.host}]" if ":" in target.host else target.host
    return name if target.port == usual else f"{name}:{target.port}"
