"""Events are facts: frozen, explained, with ids and plain values only."""

import dataclasses
import inspect
import typing
from datetime import date, datetime
from uuid import UUID

from tests.house import sources
from yijianshi.foundation import events

PLAIN = (str, int, bool, UUID, date, datetime)


def ours() -> list[tuple[str, type]]:
    """Return name and class of every event of the house, without those that other tests declare."""
    return [(name, cls) for name, cls, _ in events.list_events() if cls.__module__.startswith(f"{sources.PACKAGE}.")]


def test_events_are_frozen_dataclasses_with_a_docstring() -> None:
    broken = [
        f"{cls.__module__}.{cls.__name__}"
        for _, cls in ours()
        if not (dataclasses.is_dataclass(cls) and cls.__dataclass_params__.frozen)  # type: ignore[attr-defined]
        or not (cls.__doc__ or "").strip()
        or (cls.__doc__ or "").startswith(f"{cls.__name__}(")
    ]
    assert ours()
    assert not broken, sources.told(
        broken, "Write @event('room.happened') above @dataclass(frozen=True) and say in the docstring what happened."
    )


def test_events_carry_ids_and_plain_values() -> None:
    broken = [
        f"{cls.__module__}.{cls.__name__}.{field}: {kind}"
        for _, cls in ours()
        for field, kind in typing.get_type_hints(cls).items()
        if not _is_plain(kind)
    ]
    assert not broken, sources.told(
        broken,
        "An event carries ids; who needs more asks the room's queries. Outbox rows outlive the code that wrote them.",
    )


def test_event_names_start_with_their_room() -> None:
    broken = [
        f"{cls.__module__}.{cls.__name__}: {name}"
        for name, cls in ours()
        if name.split(".")[0] != cls.__module__.split(".")[1] or not inspect.getmodule(cls).__name__.endswith(".events")  # type: ignore[union-attr]
    ]
    assert not broken, sources.told(broken, "Events stand in <room>/events.py and are called <room>.<what happened>.")


def _is_plain(kind: object) -> bool:
    options = typing.get_args(kind) or (kind,)
    return all(one is type(None) or (isinstance(one, type) and issubclass(one, PLAIN)) for one in options)
