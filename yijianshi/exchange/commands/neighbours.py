"""Entering neighbours: the whole file at once, checked before anything is stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from yijianshi.exchange.connectors import registry
from yijianshi.exchange.logic.entries import NeighbourEntry, NeighbourFile
from yijianshi.exchange.models import Neighbour
from yijianshi.exchange.queries.locks import lock_neighbours
from yijianshi.exchange.queries.neighbours import forget_neighbours
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Forbidden, Invalid
from yijianshi.kernel.text import Text


class NeighbourFileWrong(Invalid):
    """外部系统名单里“{place}”有误：{why}。整份名单都没有采用，请改好再试。

    The neighbour file is wrong at "{place}": {why}. Nothing of it was taken over; please mend it and try again.
    """


class NotYourNeighbours(Forbidden):
    """外部系统名单只能由系统管理员在命令行里更换。

    The neighbour file can only be changed by the operator, on the command line.
    """


@transaction.atomic
def apply_neighbours(content: Mapping[str, Any], *, by: Actor, at: datetime) -> list[str]:
    """Take over the neighbour file and return the codes that changed; who is no longer named is switched off, not forgotten."""
    if not by.is_system:
        raise NotYourNeighbours
    entries = {entry.code: entry for entry in _parsed(content).neighbours}
    known = lock_neighbours()
    changed = [code for code, entry in entries.items() if _store(known.get(code), entry, at)]
    gone = [row.code for code, row in known.items() if code not in entries and row.is_enabled]
    Neighbour.objects.filter(code__in=gone).update(is_enabled=False, changed_at=at)
    forget_neighbours()
    return [*changed, *gone]


def _parsed(content: Mapping[str, Any]) -> NeighbourFile:
    try:
        parsed = NeighbourFile.model_validate(content)
    except ValidationError as error:
        raise _told(error, "") from None
    codes = [entry.code for entry in parsed.neighbours]
    for entry in parsed.neighbours:
        if codes.count(entry.code) > 1:
            raise NeighbourFileWrong(place=entry.code, why=Text("这个代码出现了两次", "this code comes twice"))
        _check_options(entry)
    return parsed


def _check_options(entry: NeighbourEntry) -> None:
    kind = registry.kinds().get(entry.connector)
    if kind is None:
        names = ", ".join(sorted(registry.kinds()))
        why = Text(f"没有“{entry.connector}”这种接法，可以用：{names}", f'no connector "{entry.connector}"; there are {names}')
        raise NeighbourFileWrong(place=f"{entry.code}.connector", why=why)
    try:
        kind.options.model_validate(entry.options)
    except ValidationError as error:
        raise _told(error, f"{entry.code}.options.") from None


def _told(error: ValidationError, prefix: str) -> NeighbourFileWrong:
    first = error.errors(include_url=False, include_input=False)[0]
    place = prefix + ".".join(str(part) for part in first["loc"])
    return NeighbourFileWrong(place=place, why=Text(f"不符合格式（{first['msg']}）", first["msg"]))


def _store(row: Neighbour | None, entry: NeighbourEntry, at: datetime) -> bool:
    content = entry.model_dump(mode="json")
    if row is None:
        Neighbour.objects.create(code=entry.code, entry=content, is_enabled=entry.enabled, changed_at=at)
        return True
    if row.entry == content and row.is_enabled == entry.enabled:
        return False
    row.entry, row.is_enabled, row.changed_at, row.revision = content, entry.enabled, at, row.revision + 1
    row.save(update_fields=["entry", "is_enabled", "changed_at", "revision"])
    return True
