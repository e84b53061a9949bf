"""The plan of one family or enterprise: what applies, what to fill in, what to hand in, what waits for what, until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from yijianshi.catalogue.logic.compiled import SOME_DEPARTMENT
from yijianshi.kernel.periods import Period
from yijianshi.kernel.text import Text


class Route(StrEnum):
    """Together in one application, each item singly, or not yet known."""

    BUNDLE = "BUNDLE"
    SINGLE = "SINGLE"
    OPEN = "OPEN"


class ItemStatus(StrEnum):
    """Whether an item is part of this plan."""

    INCLUDED = "INCLUDED"
    EXCLUDED = "EXCLUDED"
    OPEN = "OPEN"
    LATER = "LATER"  # it applies, but may be applied for only from a later day, or from a day not known yet


class FieldStatus(StrEnum):
    """Where a form field stands."""

    ASK = "ASK"
    ANSWERED = "ANSWERED"
    PREFILLED = "PREFILLED"
    FROM_RESULT = "FROM_RESULT"
    NOT_NEEDED = "NOT_NEEDED"


class MaterialStatus(StrEnum):
    """How a material is or will be met."""

    SATISFIED = "SATISFIED"
    TO_UPLOAD = "TO_UPLOAD"
    TO_COMMIT = "TO_COMMIT"
    FROM_RESULT = "FROM_RESULT"
    DEFERRED = "DEFERRED"
    NOT_NEEDED = "NOT_NEEDED"


class OfferKind(StrEnum):
    """A source that can supply facts or satisfy a material."""

    IDENTITY = "IDENTITY"
    CERTIFICATE = "CERTIFICATE"
    PRIOR = "PRIOR"
    REGISTER = "REGISTER"


class ReductionKind(StrEnum):
    """The figures of 四减, and the form fields."""

    FIELDS = "FIELDS"
    MATERIALS = "MATERIALS"
    STEPS = "STEPS"
    VISITS = "VISITS"
    DAYS = "DAYS"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one source offers; ``type`` is a certificate type, a register, or for PRIOR a material code.

    ``fields`` are raw or decoded. ``pending``: a register was asked and has not answered yet; it will be read, so nobody
    is asked instead.
    """

    kind: OfferKind
    holder: str
    type: str
    fields: Mapping[str, object]
    ref: str
    label: Text
    at: datetime | None = None
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Supplied:
    """A fact somebody else supplied, with its source; ``locked`` values are not for the applicant to change."""

    value: object
    kind: OfferKind
    ref: str
    label: Text
    at: datetime | None
    locked: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """What one item waits for, and for which of these only the end matters, not the result."""

    items: tuple[str, ...] = ()
    order_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item and why it is in, out, or still open.

    ``waits_for`` are the items it begins after; of those in ``order_only`` it needs no result, only that they have ended.
    """

    code: str
    name: Text
    status: ItemStatus
    reason: Text
    department_kind: str
    region_fact: str | None
    promised_working_days: int
    legal_working_days: int | None
    result: Text
    waits_for: tuple[str, ...] = ()
    order_only: tuple[str, ...] = ()
    department: Text = SOME_DEPARTMENT
    wait: Period | None = None  # a notice or statutory wait, beside the promise
    wait_text: Text | None = None
    eligible_on: date | None = None  # LATER: the first day to apply, None while facts it depends on are not known


@dataclass(frozen=True, slots=True)
class PlannedField:
    """One fact of the merged form; not ``certain`` = whether it is needed is still open, so it is not demanded."""

    name: str
    entity: str
    status: FieldStatus
    required: bool
    needed_by: tuple[str, ...]
    reason: Text
    source: Text | None = None
    from_item: str | None = None
    certain: bool = True
    awaited: Text | None = None  # the register that is being asked for it: it may stay empty meanwhile


@dataclass(frozen=True, slots=True)
class PlannedMaterial:
    """One material of the merged list, how it is met, and the other ways that are open now."""

    code: str
    name: Text
    status: MaterialStatus
    satisfier: str | None
    needed_by: tuple[str, ...]
    reason: Text
    alternatives: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    core: bool = True
    letter: str | None = None
    from_item: str | None = None
    certain: bool = True
    pending: bool = False  # the register has not answered yet; nobody waits for it before submitting


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency between two included items; FINISH_TO_START and AFTER_END hold the downstream item back."""

    upstream: str
    downstream: str
    kind: str
    via: tuple[str, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class Promise:
    """Working days from acceptance along the critical path; ``start`` and ``finish`` are offsets in working days per item.

    Notices and statutory waits are in none of these figures, only in the dates (``promise.promise_dates``).
    """

    working_days: int
    path: tuple[str, ...]
    start: Mapping[str, int]
    finish: Mapping[str, int]
    excluded_waiting: Text
    periods: Mapping[str, Period] = field(default_factory=dict)  # item → its notice or statutory wait
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # item → what it begins after, where there are periods
    waits: tuple[Text, ...] = ()  # the periods on the path in words


@dataclass(frozen=True, slots=True)
class Reduction:
    """One figure handled separately → in this thing, with the sum written out for anybody to check."""

    kind: ReductionKind
    before: int
    after: int
    arithmetic: Text
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class PlannedFee:
    """What one item costs on this day: ``amount`` in yuan, None while it cannot be worked out; ``reason`` says why."""

    item: str
    name: Text
    amount: Decimal | None
    reason: Text
    basis: Text
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedParty:
    """Somebody besides the applicant who must agree to the finished form; ``items`` are those that concern the party."""

    entity: str
    label: Text
    id_number: str
    act: str
    text: Text
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole outcome for one set of facts."""

    route: Route
    route_reasons: tuple[Text, ...]
    items: tuple[PlannedItem, ...]
    fields: tuple[PlannedField, ...]
    materials: tuple[PlannedMaterial, ...]
    edges: tuple[Edge, ...]
    promise: Promise
    reductions: tuple[Reduction, ...]
    open_questions: tuple[str, ...] = ()
    advice: tuple[Text, ...] = ()
    fees: tuple[PlannedFee, ...] = ()
    parties: tuple[PlannedParty, ...] = ()

    @property
    def fee_total(self) -> Decimal | None:
        """Return the sum in yuan, 0 where nothing is charged, None while one of the fees cannot be worked out."""
        amounts = [fee.amount for fee in self.fees]
        return None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))

    def included(self) -> tuple[str, ...]:
        """Return the codes of the items that will be handled."""
        return tuple(item.code for item in self.items if item.status is ItemStatus.INCLUDED)

    def item(self, code: str) -> PlannedItem:
        """Return one planned item; KeyError if the thing does not have it."""
        return {item.code: item for item in self.items}[code]

    def field_named(self, name: str) -> PlannedField:
        """Return one planned field; KeyError if the thing does not have it."""
        return {entry.name: entry for entry in self.fields}[name]

    def material(self, code: str) -> PlannedMaterial:
        """Return one planned material; KeyError if the thing does not have it."""
        return {entry.code: entry for entry in self.materials}[code]
