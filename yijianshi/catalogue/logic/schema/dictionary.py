"""``content/dictionary``: data elements (数据元), each belonging to an entity (a person or subject of the form)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from yijianshi.catalogue.logic.schema.base import Code, Confidence, FactName, Rule, Strict, T


class ElementType(StrEnum):
    """How a fact is written, checked and typed in rules."""

    TEXT = "TEXT"
    INT = "INT"
    DECIMAL = "DECIMAL"
    BOOL = "BOOL"
    DATE = "DATE"
    DATETIME = "DATETIME"
    CODE = "CODE"
    LIST = "LIST"
    ID_NUMBER = "ID_NUMBER"
    USCC = "USCC"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    REGION = "REGION"
    ACCOUNT = "ACCOUNT"


class SupplierKind(StrEnum):
    """Who can give a fact so that nobody has to type it."""

    IDENTITY = "IDENTITY"
    CERTIFICATE = "CERTIFICATE"
    PRIOR = "PRIOR"
    REGISTER = "REGISTER"


Holder = Literal["applicant", "spouse", "enterprise"]


def _bound(value: Any) -> Any:
    """Numbers and dates become expressions, so that one kind of bound is left."""
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


Bound = Annotated[Rule, BeforeValidator(_bound)]


class Option(Strict):
    """One permitted answer of a CODE or LIST element."""

    code: str = Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=40)
    label: T
    hint: T | None = None


class Supplier(Strict):
    """A source tried in order: signed-in identity, a certificate's face, an earlier application, or another authority's register.

    ``match`` as for a satisfier: only the certificate that says the same supplies anything.
    """

    kind: SupplierKind
    holder: Holder = "applicant"
    certificate: Code | None = None
    register_: Code | None = Field(default=None, alias="register")
    field: str | None = None
    when: Rule | None = None
    match: dict[FactName, Rule] = {}
    locked: bool | None = None

    model_config = {"populate_by_name": True}


class Element(Strict):
    """One data element; ``min`` and ``max`` of dates and numbers may be expressions of the rule language."""

    name: FactName
    type: ElementType
    label: T
    hint: T | None = None
    options: tuple[Option, ...] = ()
    min: Bound | None = None
    max: Bound | None = None
    max_length: int | None = Field(default=None, ge=1, le=2000)
    pattern: str | None = None
    pattern_hint: T | None = None
    unit: T | None = None
    sensitivity: Literal["PUBLIC", "PERSONAL", "SENSITIVE"] = "PERSONAL"
    suppliers: tuple[Supplier, ...] = ()
    confidence: Confidence = "D"

    @property
    def entity(self) -> str:
        """Return the part before the dot."""
        return self.name.partition(".")[0]


class Repeats(Strict):
    """How many objects of this kind one form may hold; ``count`` is the fact that says how many there are.

    ``each``: what one of them is called, with ``{number}`` for its place: "第{number}辆车", "Vehicle {number}".
    """

    count: FactName
    most: int = Field(ge=2, le=50)
    each: T | None = None


class Entity(Strict):
    """A person or subject that groups the form; with ``repeats`` there may be several (vehicles, drivers, heirs)."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: T
    order: int = 100
    hint: T | None = None
    repeats: Repeats | None = None


class Dictionary(Strict):
    """One dictionary file: an entity and its elements."""

    kind: Literal["dictionary"]
    entity: Entity
    elements: tuple[Element, ...]
