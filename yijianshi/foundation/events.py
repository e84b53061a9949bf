"""Events: how a room tells the rooms above and beside it what happened, without knowing who listens.

Publishing writes one outbox row for each handler into the caller's own transaction, so the change and the news of it are one;
``outbox`` delivers the rows after the commit. Nobody listening means nothing written.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from yijianshi.foundation.batch import Batch, Table

CHANNEL = "yijianshi_outbox"
OUTBOX = Table("foundation_outbox", {"handler": "text", "event": "text", "payload": "jsonb"})

E = TypeVar("E")
Handler = Callable[[list[Any], datetime], None]

_name_of: dict[type, str] = {}
_class_of: dict[str, type] = {}
_handlers: dict[str, dict[str, Handler]] = {}  # event name → handler name → handler


def event(name: str) -> Callable[[type[E]], type[E]]:
    """Register a frozen dataclass as the event *name* (``room.happened``); the name is stored, so it never changes."""

    def register(cls: type[E]) -> type[E]:
        if _class_of.get(name, cls).__qualname__ != cls.__qualname__:
            raise ValueError(f"two events are called {name}: {_class_of[name]} and {cls}")
        _name_of[cls], _class_of[name] = name, cls
        return cls

    return register


def handles(cls: type[E]) -> Callable[[Callable[[list[E], datetime], None]], Callable[[list[E], datetime], None]]:
    """Register ``handler(events, at)`` for the event class *cls*.

    It gets several events at once, at least once each, inside a transaction that also removes them from the outbox.
    """

    def register(handler: Callable[[list[E], datetime], None]) -> Callable[[list[E], datetime], None]:
        name = f"{handler.__module__}.{handler.__qualname__}".removeprefix("yijianshi.")
        _handlers.setdefault(_name_of[cls], {})[name] = handler
        return handler

    return register


def publish(*happened: Any) -> None:
    """Write the events to the outbox inside the caller's transaction; refuses to work outside one."""
    batch = Batch()
    add(batch, happened)
    batch.flush()


def add(batch: Batch, happened: Iterable[Any]) -> None:
    """Add the outbox rows of the events to *batch*, for commands that send all their writes in one round trip."""
    written = rows(*happened)
    if written:
        batch.insert(OUTBOX, written)
        batch.notify(CHANNEL)


def rows(*happened: Any) -> list[tuple[str, str, str]]:
    """Return (handler, event name, payload as JSON) for each event and each of its handlers."""
    written: list[tuple[str, str, str]] = []
    for one in happened:
        name = _name_of[type(one)]
        listening = _handlers.get(name)
        if listening:
            cls: Any = type(one)
            payload = _adapter(cls).dump_json(one).decode()
            written.extend((handler, name, payload) for handler in listening)
    return written


def load(name: str, payload: Mapping[str, Any]) -> Any:
    """Return the event stored as *name* and *payload*; raises KeyError for a name no room declares any more."""
    return _adapter(_class_of[name]).validate_python(payload)


def find_handler(event_name: str, handler: str) -> Handler | None:
    """Return the handler by its stored name, or None when it has been removed from the code."""
    return _handlers.get(event_name, {}).get(handler)


def list_events() -> list[tuple[str, type, list[str]]]:
    """Return (name, class, names of handlers) of every event, for the generated reference."""
    return [(name, cls, sorted(_handlers.get(name, {}))) for name, cls in sorted(_class_of.items())]


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"an event is a frozen dataclass: {cls}")
    return TypeAdapter(cls)
