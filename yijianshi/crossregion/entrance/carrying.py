"""What the courier carries between two deployments of the house: things offered, files announced, news of what has moved."""

import random
from base64 import b64decode
from typing import Any

from django.db import connection

from yijianshi.catalogue import commands as catalogue
from yijianshi.catalogue import queries as things
from yijianshi.crossregion.commands import fetch, tell
from yijianshi.crossregion.entrance.answering import thing_text
from yijianshi.exchange import keys
from yijianshi.exchange.connectors.port import Away, Connector, Refused
from yijianshi.exchange.courier import Lane, add_lane
from yijianshi.exchange.queries.neighbours import NeighbourCard
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import DomainError

THINGS_SECONDS = 60.0
MOST_THINGS = 500
LARGEST_FILE = 64 * 1024 * 1024


def is_peer(card: NeighbourCard, _connector: Connector) -> bool:
    """Say whether the neighbour is another deployment of the house."""
    return card.entry.peer is not None


def carry_things(card: NeighbourCard, connector: Connector, _most: int) -> int:
    """Bring what the peer offers up to date; raises Away for an answer that cannot be used."""
    at = clock.now()
    offered = _offered(connector.ask("things", {}))
    kept = things.kept_shas(card.code, clock.today(at))
    for code, sha in offered.items():
        if kept.get(code) != sha:
            connection.close()
            _take(card, connector.ask("thing", {"code": code}))
    catalogue.end_things(card.code, list(offered), by=SYSTEM, at=at)
    return 0


def carry_files(card: NeighbourCard, connector: Connector, _most: int) -> int:
    """Fetch one file the peer holds for us; raises Away once it does not answer."""
    dues = fetch.due_files(card.code, 1, at=clock.now())
    for due in dues:
        connection.close()  # no connection is held while the other side takes its time
        try:
            content = _whole(connector, due)
        except Refused as error:
            fetch.note_away(due, str(error), at=clock.now(), jitter=_jitter())
        except Exception as error:
            fetch.note_away(due, f"{type(error).__name__}: {error}", at=clock.now(), jitter=_jitter())
            raise
        else:
            fetch.note_fetched(due, content, at=clock.now())
    return len(dues)


def carry_news(card: NeighbourCard, _connector: Connector, most: int) -> int:
    """Write the news of what has moved here; the messages go by the lane of all messages."""
    return tell.tell_moved(card.code, most, at=clock.now())


def _offered(answer: Any) -> dict[str, str]:
    rows = answer.get("things")
    if not isinstance(rows, list) or len(rows) > MOST_THINGS:
        raise Away("the list of things has another form")
    return {str(row["code"]): str(row["sha"]) for row in rows if isinstance(row, dict) and "code" in row and "sha" in row}


def _take(card: NeighbourCard, answer: Any) -> None:
    content = answer.get("content")
    if not isinstance(content, dict) or not _is_theirs(card, content, str(answer.get("signature") or "")):
        raise Away("a thing without its region's signature")
    try:
        catalogue.keep_thing(card.code, content, by=SYSTEM, at=clock.now())
    except DomainError as error:
        raise Away(error.text.en) from error


def _is_theirs(card: NeighbourCard, content: Any, signature: str) -> bool:
    try:
        raw = b64decode(signature, validate=True)
    except ValueError:
        return False
    return keys.verifier(card.entry.public_key)(thing_text(str(content.get("code")), str(content.get("sha"))), raw)


def _whole(connector: Connector, due: fetch.Due) -> bytes:
    found = bytearray()
    while len(found) < min(due.size, LARGEST_FILE):
        answer = connector.ask("file", {"about": due.about, "digest": due.digest, "offset": len(found)})
        try:
            part = b64decode(str(answer.get("part") or ""), validate=True)
        except ValueError:
            part = b""
        if not part:
            raise Away("the file ends too early")
        found += part
    return bytes(found)


def _jitter() -> float:
    return random.uniform(0.7, 1.3)  # noqa: S311


add_lane(Lane("things", carry_things, when=is_peer, every_seconds=lambda _connector: THINGS_SECONDS, hears=lambda _done: True))
add_lane(Lane("files", carry_files, when=is_peer, hasten=lambda neighbour, at: fetch.hasten(neighbour, at=at)))
add_lane(Lane("news", carry_news, when=is_peer, hears=lambda _done: False))
