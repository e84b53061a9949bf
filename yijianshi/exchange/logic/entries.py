"""The neighbour file: which systems there are, how to talk to them, what they serve (docs/reference/exchange-protocol.md)."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
    items: tuple[str, ...] = Field(default=(), max_length=500)  # items of their applications decided by us; none: none


ReportKind = Literal["states", "results"]
StateField = Literal[
    "case", "application", "thing", "item", "item_name", "item_code", "region", "organisation", "organisation_name",
    "applicant_kind", "applicant", "applicant_number", "change", "from_state", "state", "at",
]  # fmt: skip
ResultField = StateField | Literal["outcome", "document_no", "certificates"]
_EVERY_STATE: tuple[StateField, ...] = (
    "case", "application", "thing", "item", "item_name", "item_code", "region", "organisation",
    "applicant_kind", "applicant_number", "change", "from_state", "state", "at",
)  # fmt: skip
_EVERY_RESULT: tuple[ResultField, ...] = (
    "case", "thing", "item", "item_name", "item_code", "region", "organisation",
    "applicant_kind", "applicant_number", "outcome", "at", "document_no", "certificates",
)  # fmt: skip


class Reports(_Strict):
    """What flows back to a system of another level: of which regions, which fields, and under their names and codes.

    ``states``: every change of state of a case; ``results``: every decision. ``facts``: results of the items that go along,
    by their names in the dictionary; none unless named here. ``number``: how the applicant's ID number appears.
    """

    level: Literal["up", "down"]
    regions: tuple[Annotated[str, Field(pattern=r"^\d{2,6}$")], ...] = ()
    kinds: tuple[ReportKind, ...] = Field(default=("states", "results"), min_length=1)
    state_fields: tuple[StateField, ...] = Field(default=_EVERY_STATE, min_length=1)
    result_fields: tuple[ResultField, ...] = Field(default=_EVERY_RESULT, min_length=1)
    facts: tuple[str, ...] = ()
    number: Literal["hashed", "masked", "whole"] = "hashed"
    names: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.level == "down" and not self.regions:
            raise ValueError("a system of a city or county names the regions it is told about")
        if self.number == "whole" and "applicant_number" not in {*self.state_fields, *self.result_fields}:
            raise ValueError("'number: whole' without the field applicant_number")
        return self

    def concerns(self, region: str) -> bool:
        """Say whether cases handled in this region are told."""
        return not self.regions or region.startswith(self.regions)


class NeighbourEntry(_Strict):
    """One neighbour system."""

    code: str = Field(pattern=_CODE)
    name: Name
    connector: str
    options: dict[str, Any] = {}
    public_key: str = Field(default="", pattern=r"^([0-9a-f]{128})?$")
    serves: tuple[Serves, ...] = ()
    registers: dict[str, RegisterEntry] = {}
    reports: Reports | None = None
    limits: Limits = Limits()
    mapping: DialectEntry = DialectEntry()
    peer: PeerEntry | None = None
    content: Literal["", "GIVE", "TAKE"] = ""  # it may have our template, or we take its
    enabled: bool = True


class NeighbourFile(_Strict):
    """The whole file."""

    neighbours: tuple[NeighbourEntry, ...] = Field(max_length=500)
