"""Districts to choose from, grouped by city; the province is the one the service is offered in, unless a value lies elsewhere."""

from dataclasses import dataclass
from functools import cache

from yijianshi.foundation import regions
from yijianshi.kernel.text import Text

HOME_PROVINCE = "410000"  # 河南省


@dataclass(frozen=True, slots=True)
class RegionOption:
    """One district."""

    code: str
    label: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A city with its districts."""

    name: str
    options: tuple[RegionOption, ...]


def parts(chosen: str) -> tuple[Part, ...]:
    """Return the cities of the province with their districts; a chosen district elsewhere is offered first."""
    known = {code for _, districts in _districts() for code, _ in districts}
    elsewhere = regions.full_name(chosen) if chosen and chosen not in known else ""
    first = (Part(elsewhere, (RegionOption(chosen, Text(elsewhere, elsewhere), True),)),) if elsewhere else ()
    return (*first, *(Part(city, tuple(_option(code, name, chosen) for code, name in rows)) for city, rows in _districts()))


@cache
def _districts() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    cities = regions.children(HOME_PROVINCE)
    return tuple((name, tuple(regions.children(code)) or ((code, name),)) for code, name in cities)


def _option(code: str, name: str, chosen: str) -> RegionOption:
    return RegionOption(code, Text(name, name), code == chosen)
