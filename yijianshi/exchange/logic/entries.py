"""The neighbour file: which systems there are, how to talk to them, what they serve (docs/reference/exchange-protocol.md)."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_CODE = r"^[a-z][a-z0-9-]{1,39}$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(_Strict):
    """A name in both languages."""

    zh: str = Field(min_length=1, max_length=80)
    en: str = Field(min_length=1, max_length=120)


class Serves(_Strict):
    """Whose cases go there: a kind of department, within a region (prefix of the code), all items or only some."""

    department: str = Field(pattern=_CODE)
    region: str = Field(default="", pattern=r"^\d{0,6}$")
    items: tuple[str, ...] = ()


class Limits(_Strict):
    """How much the neighbour takes: messages a second, messages in one request."""

    per_second: float = Field(default=200, gt=0, le=10_000)
    batch: int = Field(default=50, ge=1, le=100)


class DialectEntry(_Strict):
    """Their names and codes for our facts."""

    names: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}


class RegisterEntry(_Strict):
    """A register others may read there: its own code, names and codes for our fields, and for which region it is asked."""

    code: str = Field(default="", max_length=64)
    region: str = Field(default="", pattern=r"^\d{0,6}$")
    names: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}


class PeerEntry(_Strict):
    """Another deployment of the house: for which region it is responsible, and which of our things may come from there."""

    region: str = Field(pattern=r"^\d{6}$")
    name: Name  # of the place, as people say it
    things: tuple[str, ...] = Field(default=(), max_length=500)  # none named: all that can travel


class ReportsEntry(_Strict):
    """What flows back to it (数据回流) or down to it (级联): how far cases are, of a region, of all things or only some."""

    level: Literal["UP", "DOWN"] = "UP"
    region: str = Field(default="", pattern=r"^\d{0,6}$")  # prefix
    things: tuple[str, ...] = Field(default=(), max_length=500)
    results: bool = True  # the numbers of decisions and certificates, too


class NeighbourEntry(_Strict):
    """One neighbour system."""

    code: str = Field(pattern=_CODE)
    name: Name
    connector: str
    options: dict[str, Any] = {}
    public_key: str = Field(default="", pattern=r"^([0-9a-f]{128})?$")
    serves: tuple[Serves, ...] = ()
    registers: dict[str, RegisterEntry] = {}
    limits: Limits = Limits()
    mapping: DialectEntry = DialectEntry()
    peer: PeerEntry | None = None
    reports: ReportsEntry | None = None
    enabled: bool = True


class NeighbourFile(_Strict):
    """The whole file."""

    neighbours: tuple[NeighbourEntry, ...] = Field(max_length=500)
