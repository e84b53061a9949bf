"""The neighbours, kept in memory for a short while: few, rarely changed, asked for at every hand-over."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from django.conf import settings

from yijianshi.exchange import keys
from yijianshi.exchange.connectors import registry
from yijianshi.exchange.connectors.port import Connector, Ground
from yijianshi.exchange.logic.entries import NeighbourEntry
from yijianshi.exchange.logic.mapping import Dialect
from yijianshi.exchange.models import Neighbour
from yijianshi.identity import queries as identity
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

_FRESH_SECONDS = 5.0
_NO_NEIGHBOUR = Text("这个外部系统", "This neighbour system")


@dataclass(frozen=True)
class NeighbourCard:
    """One neighbour as the house uses it."""

    code: str
    name: Text
    entry: NeighbourEntry
    is_enabled: bool
    revision: int

    @cached_property
    def dialect(self) -> Dialect:
        """Return its names and codes for our facts."""
        return Dialect(self.entry.mapping.names, self.entry.mapping.codes)

    def is_told_about(self, region: str) -> bool:
        """Say whether states or results of cases handled in this region flow back to it."""
        return self.is_enabled and self.entry.reports is not None and self.entry.reports.concerns(region)

    def serves(self, kind: str, region: str, item_code: str) -> bool:
        """Say whether cases of this item at a department of this kind and region go there."""
        return self.is_enabled and any(
            one.department == kind and region.startswith(one.region) and (not one.items or item_code in one.items)
            for one in self.entry.serves
        )


_lock = threading.Lock()
_known: tuple[float, Mapping[str, NeighbourCard]] | None = None


def forget_neighbours() -> None:
    """Drop what is kept in memory; the next read loads it again."""
    global _known
    with _lock:
        _known = None


def list_neighbours(*, fresh: bool = False) -> list[NeighbourCard]:
    """Return all neighbours by code, also those switched off."""
    return list(_current(fresh).values())


def find_neighbour(code: str) -> NeighbourCard | None:
    """Return one neighbour, or None."""
    return _current().get(code)


def get_neighbour(code: str) -> NeighbourCard:
    """Return one neighbour; raises NotFound."""
    found = find_neighbour(code)
    if found is None:
        raise NotFound(what=_NO_NEIGHBOUR)
    return found


def find_serving(organisation_id: UUID, item_code: str) -> NeighbourCard | None:
    """Return the system that handles this item for this organisation; None means its people work here."""
    cards = _current().values()
    if not cards:
        return None
    organisation = identity.get_organisation(organisation_id)
    return next((card for card in cards if card.serves(organisation.kind, organisation.region_code, item_code)), None)


def list_peers() -> list[NeighbourCard]:
    """Return the other deployments of the house that are switched on, by code."""
    return [card for card in _current().values() if card.is_enabled and card.entry.peer is not None]


def list_told(region: str) -> list[NeighbourCard]:
    """Return the systems of other levels that are told about cases handled in this region, by code."""
    return [card for card in _current().values() if card.is_told_about(region)]


def dialect_of(code: str) -> Dialect:
    """Return a neighbour's names and codes; those of a neighbour that is gone are the house's own."""
    found = find_neighbour(code)
    return found.dialect if found else Dialect()


def connect(card: NeighbourCard) -> Connector:
    """Return a connector made for this neighbour; whoever takes it closes it."""
    kind = registry.kinds()[card.entry.connector]
    folder = Path(settings.VAR) / "exchange" / card.code
    signer = keys.own()
    ground = Ground(
        neighbour=card.code,
        sender=settings.EXCHANGE_NAME,
        sign=signer,
        key_id=signer.key_id,
        verify=keys.verifier(card.entry.public_key),
        now=time.time,
        folder=str(folder),
    )
    return kind.make(kind.options.model_validate(card.entry.options), ground)


def _current(fresh: bool = False) -> Mapping[str, NeighbourCard]:
    global _known
    known = _known
    if not fresh and known is not None and time.monotonic() - known[0] < _FRESH_SECONDS:
        return known[1]
    cards = MappingProxyType({row.code: _card(row) for row in Neighbour.objects.order_by("code")})
    with _lock:
        _known = (time.monotonic(), cards)
    return cards


def _card(row: Neighbour) -> NeighbourCard:
    entry = NeighbourEntry.model_validate(row.entry)
    return NeighbourCard(row.code, Text(entry.name.zh, entry.name.en), entry, row.is_enabled, row.revision)
