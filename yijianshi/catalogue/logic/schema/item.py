"""``content/items``: one service item (事项) of one kind of department, with the national standard elements it needs here."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from yijianshi.catalogue.logic.schema.base import Citation, Code, Confidence, FactName, Region, Rule, Strict, T
from yijianshi.catalogue.logic.schema.binding import OPEN_BY_DEFAULT, OpenElement
from yijianshi.catalogue.logic.schema.register import RegisterUse
from yijianshi.catalogue.logic.schema.standard import Standard
from yijianshi.kernel.periods import Period
from yijianshi.kernel.text import Text

EdgeKind = Literal["FINISH_TO_START", "AFTER_END", "DATA", "START_TO_START"]
HOLDING: frozenset[EdgeKind] = frozenset({"FINISH_TO_START", "AFTER_END"})  # the downstream item may not begin yet
ORDER_ONLY: EdgeKind = "AFTER_END"  # waits until the upstream item has ended, in whatever way; its result is not needed
# Only an authority decides administratively; the others serve, answer with a service slip, and are no matter for review.
Nature = Literal["AUTHORITY", "UTILITY", "BANK", "ORGANISATION"]
INSTANT = "1"  # GB/T 39046 A.6: 1 即办件, 2 承诺件; some systems have it the other way round
LICENCE = "01"  # GB/T 39046 A.1: 行政许可


class Department(Strict):
    """Which kind of organisation is competent, and the fact that says in which region."""

    kind: Code
    region_from: FactName | None = None


class LegalBasis(Strict):
    """One clause that creates the item (设定依据)."""

    law: Citation
    article: str | None = None
    document_no: str | None = None
    text: T | None = None
    confidence: Confidence


class Need(Strict):
    """A fact this item needs, perhaps only under a condition."""

    fact: FactName
    when: Rule | None = None
    required: bool = True


class MaterialUse(Strict):
    """A material this item needs, perhaps only under a condition."""

    material: Code
    when: Rule | None = None


class Produces(Strict):
    """What the officer fills in at approval, and what is issued."""

    facts: tuple[FactName, ...] = ()
    certificates: tuple[Code, ...] = ()


class After(Strict):
    """An order that needs and results alone do not imply.

    FINISH_TO_START: without the upstream's result this item cannot be done. AFTER_END: only not before the upstream has ended,
    in whatever way. DATA, START_TO_START: shown, never waited for.
    """

    item: Code
    kind: EdgeKind = "FINISH_TO_START"
    reason: T
    basis: Citation | None = None
    confidence: Confidence = "D"


class Check(Strict):
    """A pre-check: must be true, or unknown, before submitting."""

    rule: Rule
    message: T
    field: FactName | None = None
    basis: Citation | None = None
    confidence: Confidence = "D"


class Advice(Strict):
    """Shown when it applies; never blocks."""

    when: Rule
    text: T
    basis: Citation | None = None
    confidence: Confidence = "D"


class Limit(Strict):
    """A time limit: ``working_days``, or ``{unit: CALENDAR_DAYS, days: n}`` where the law counts every day.

    ``rest_day_moves`` only where that law lets a limit that ends on a rest day end on the next working day (民法典 art. 203).
    """

    working_days: int | None = Field(default=None, ge=0, le=400)
    unit: Literal["WORKING_DAYS", "CALENDAR_DAYS"] = "WORKING_DAYS"
    days: int | None = Field(default=None, ge=0, le=800)
    rest_day_moves: bool = False
    basis: Citation | None = None
    confidence: Confidence
    note: T | None = None

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.working_days is None) == (self.days is None) or (self.unit == "CALENDAR_DAYS" and self.days is None):
            raise ValueError("limit-needs-one-number")
        if self.rest_day_moves and self.calendar_days is None:
            raise ValueError("rest-day-needs-calendar-days")
        return self

    @property
    def calendar_days(self) -> int | None:
        """Return the limit in calendar days, None where working days count."""
        return self.days if self.unit == "CALENDAR_DAYS" else None

    @property
    def exact_working_days(self) -> int | None:
        """Return the limit in working days, None where the law counts calendar days."""
        return None if self.unit == "CALENDAR_DAYS" else self.as_working_days

    @property
    def as_working_days(self) -> int:
        """Return working days, to compare and to add up; no clock runs by it where the law counts calendar days.

        Calendar days count as five sevenths, rounded down, at least 1.
        """
        if self.working_days is not None:
            return self.working_days
        days = self.days or 0
        return days if self.unit == "WORKING_DAYS" or days == 0 else max(1, days * 5 // 7)


def days_in_words(limit: Limit) -> Text:
    """Return the limit in the days it counts."""
    if limit.calendar_days is not None:
        return Text("{days} 个自然日", "{days:calendar day|calendar days}").format(days=limit.calendar_days)
    return Text("{days} 个工作日", "{days:working day|working days}").format(days=limit.as_working_days)


class Extension(Strict):
    """One extension by the head of the authority (行政许可法 art. 42)."""

    working_days: int = Field(ge=1, le=60)
    basis: Citation | None = None
    confidence: Confidence


class Recheck(Strict):
    """Days for the authority to look again after a correction, on which the law is silent; null: silence accepts nothing then."""

    working_days: int | None = Field(ge=0, le=30)
    basis: Citation | None = None
    confidence: Confidence


class Procedure(Strict):
    """Whether 行政许可法 governs the handling: DIRECT for licences, BY_ANALOGY (参照) as a reading for others, NONE: neither."""

    licensing_law: Literal["DIRECT", "BY_ANALOGY", "NONE"]
    basis: Citation | None = None
    confidence: Confidence


class Correction(Strict):
    """补正: days for the authority to ask once, for the applicant to answer, and for the authority to look again.

    ``authority_working_days: null`` where silence is not acceptance. Without ``recheck`` the second look takes as long.
    """

    authority_working_days: int | None = Field(default=5, ge=0, le=30)
    applicant_working_days: int = Field(default=15, ge=1, le=120)
    recheck: Recheck | None = None
    basis: Citation | None = None
    confidence: Confidence


class Limits(Strict):
    """All time limits of an item; ``legal: null`` where no law sets one."""

    legal: Limit | None
    promise: Limit
    extension: Extension | None = None
    correction: Correction
    suspensions: tuple[str, ...] = ()


class Timer(Strict):
    """A period nobody can shorten, begun by acceptance: creditor notice, publicity, cooling-off.

    Until it ends the case cannot be approved. ``then: COMPLETE``: when it ends and nobody objected, the house itself approves by
    this published rule; ``then: DECIDE``: the officer decides.
    """

    kind: Literal["PUBLIC_NOTICE", "STATUTORY_WAIT"]
    unit: Literal["WORKING_DAYS", "CALENDAR_DAYS"] = "CALENDAR_DAYS"
    days: int = Field(ge=1, le=400)
    then: Literal["DECIDE", "COMPLETE"]
    text: T
    basis: Citation | None = None
    confidence: Confidence

    @property
    def period(self) -> Period:
        """Return how long it runs."""
        return Period(self.days, self.unit == "WORKING_DAYS")


class Eligible(Strict):
    """From which day one may apply for the item: ``on`` is an expression that gives a date.

    Before that day the item is not part of the application; the plan names the day, or what it depends on.
    """

    on: Rule
    text: T
    basis: Citation | None = None
    confidence: Confidence


class Visits(Strict):
    """到办事现场次数, with the reason when above zero."""

    count: int = Field(ge=0, le=10)
    reason: T | None = None


class Separately(Strict):
    """The citizen's effort when this item is handled on its own, for the reductions."""

    steps: int = Field(ge=0, le=50)
    visits: int = Field(ge=0, le=20)
    source: Citation | None = None
    confidence: Confidence


class Remedies(Strict):
    """Where to go against a refusal."""

    review: T
    litigation: T
    basis: Citation | None = None
    confidence: Confidence


class Rate(Strict):
    """What a fee amounts to in yuan from one day on; of several that apply, the first whose rule holds.

    ``times`` is an expression that says how often it is due (such as the price / 100 for one percent); without: once.
    """

    amount: Decimal = Field(ge=0, max_digits=12, decimal_places=2)
    per: T
    when: Rule | None = None
    times: Rule | None = None
    valid_from: date
    valid_to: date | None = None
    confidence: Confidence


class Fee(Strict):
    """A charge, with all the standard asks for (linter rule 6); ``rates`` where the amount can be worked out."""

    name: T
    amount: T
    basis: Citation
    pay_online: bool
    rates: tuple[Rate, ...] = ()
    confidence: Confidence


class Faq(Strict):
    """One frequent question."""

    q: T
    a: T


class Item(Strict):
    """One service item as content declares it."""

    kind: Literal["item"]
    code: Code
    name: T
    alias: tuple[str, ...] = ()
    summary: T | None = None
    result: T | None = None
    task_type: str = Field(pattern=r"^\d{2}$")
    project_type: Literal["1", "2", "9"]
    service_objects: tuple[Literal["1", "2", "3", "4", "5", "6"], ...] = Field(min_length=1)
    exercise_level: Literal["1", "2", "3", "4", "5", "6", "7"]
    catalog_code: str | None = Field(default=None, max_length=64)
    department: Department
    nature: Nature = "AUTHORITY"
    offered_in: tuple[Region, ...] = ()  # only there and below; empty: everywhere
    repeat: str | None = None  # once for each object of this entity
    eligible: Eligible | None = None
    timer: Timer | None = None
    procedure: Procedure | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    needs: tuple[Need, ...] = ()
    materials: tuple[MaterialUse, ...] = ()
    reads: tuple[RegisterUse, ...] = ()
    produces: Produces = Produces()
    after: tuple[After, ...] = ()
    checks: tuple[Check, ...] = ()
    advice: tuple[Advice, ...] = ()
    limits: Limits
    delivery: Literal["E_CERTIFICATE", "PHYSICAL"] = "E_CERTIFICATE"
    visits: Visits
    separately: Separately
    remedies: Remedies | None
    fee: Fee | None
    consult_phone: str | None = None
    complaint_phone: str | None = None
    faq: tuple[Faq, ...] = ()
    steps: tuple[T, ...] = ()
    standard: Standard = Standard()
    open: tuple[OpenElement, ...] = OPEN_BY_DEFAULT
    note: T | None = None
    confidence: Confidence

    @property
    def under_licensing_law(self) -> str:
        """Return how 行政许可法 governs this item; older content does not say: licences directly, others by analogy."""
        if self.procedure is not None:
            return self.procedure.licensing_law
        return "DIRECT" if self.task_type == LICENCE else "BY_ANALOGY"
