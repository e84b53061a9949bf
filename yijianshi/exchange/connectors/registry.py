"""Which kinds of connector there are: each registers itself under a name, with its typed options."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from pydantic import BaseModel, ConfigDict

import yijianshi.exchange.connectors as folder
from yijianshi.exchange.connectors.port import Connector, Ground


class Options(BaseModel):
    """Base of a connector's options: unknown names are refused, so that a slip of the pen is found when it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Maker = Callable[[Any, Ground], Connector]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of connector."""

    name: str
    options: type[Options]
    make: Maker


_kinds: dict[str, Kind] = {}


def connector(name: str, options: type[Options]) -> Callable[[Maker], Maker]:
    """Register a connector class (or function) called with (options, ground)."""

    def register(make: Maker) -> Maker:
        _kinds[name] = Kind(name, options, make)
        return make

    return register


def kinds() -> Mapping[str, Kind]:
    """Return every kind by name, each folder's ``connector`` module loaded."""
    for module in iter_modules(folder.__path__):
        if module.ispkg:
            import_module(f"{folder.__name__}.{module.name}.connector")
    return _kinds
