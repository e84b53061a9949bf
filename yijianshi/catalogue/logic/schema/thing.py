"""``content/things``: a one-thing (一件事) names its items; everything else about it is computed. Examples pin the outcome."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from yijianshi.catalogue.logic.schema.base import Citation, Code, Confidence, FactName, Region, Rule, Strict, T
from yijianshi.catalogue.logic.schema.dictionary import Holder
from yijianshi.catalogue.logic.schema.item import EdgeKind

Tone = Literal["PLAIN", "SOBER", "URGENT"]


class ListEntry(Strict):
    """Its place in the published key-matter lists (重点事项清单)."""

    code: str
    doc: str
    confidence: Confidence


class Applicant(Strict):
    """Who may apply."""

    kind: Literal["PERSON", "ENTERPRISE"]


class Condition(Strict):
    """A condition of the combined channel only; when false the items are handled singly, never refused."""

    rule: Rule
    message: T
    basis: Citation | None = None
    confidence: Confidence


class ItemUse(Strict):
    """An item of the thing, perhaps only under a condition."""

    item: Code
    when: Rule | None = None


class GuideQuestion(Strict):
    """The words in which a fact is asked before the form; ``unknown`` is the help behind "I don't know", null = none."""

    fact: FactName
    text: T
    why: T
    hint: T | None = None
    unknown: T | None = None


class LocalOrder(Strict):
    """A local order between two items."""

    before: Code
    after: Code
    kind: EdgeKind = "FINISH_TO_START"
    reason: T
    basis: Citation | None = None
    confidence: Confidence = "D"


class Window(Strict):
    """When applications are taken: from the first to the last day (both included), perhaps only at certain hours (Beijing time).

    ``when`` says for whom. Where a thing has windows, nobody outside every window that applies can submit; drafts stay possible.
    """

    label: T
    opens: date
    closes: date
    hours: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")
    when: Rule | None = None
    basis: Citation | None = None
    confidence: Confidence


class Party(Strict):
    """Somebody besides the applicant who must confirm or sign the finished form before it can be submitted.

    ``entity``: whose part of the form it is; ``id_number``: the fact by which the person is found.
    """

    entity: str
    id_number: FactName
    act: Literal["CONFIRM", "SIGN"]
    when: Rule | None = None
    text: T
    basis: Citation | None = None
    confidence: Confidence


class FormGroup(Strict):
    """The order of a form group and of its elements."""

    entity: str
    elements: tuple[FactName, ...] = ()
    label: T | None = None


class Before(Strict):
    """Officially published figures of the separate handling, where there are any."""

    steps: int | None = None
    materials: int | None = None
    days: int | None = None
    visits: int | None = None
    source: Citation | None = None
    confidence: Confidence | None = None


class ThingTexts(Strict):
    """The words around the journey."""

    intro: T
    after_submit: T
    done: T


class Thing(Strict):
    """One one-thing as content declares it."""

    kind: Literal["thing"]
    code: Code
    name: T
    alias: tuple[str, ...] = ()
    summary: T
    life_cycle: Literal["PERSON", "BUSINESS"]
    domain: str
    region: Region
    lead: Code
    list_entry: ListEntry | None = Field(default=None, alias="list")
    effective_on: date
    applicant: Applicant
    title_facts: tuple[FactName, ...] = ()
    conditions: tuple[Condition, ...] = ()
    items: tuple[ItemUse, ...] = Field(min_length=1)
    questions: tuple[GuideQuestion, ...] = ()
    order: tuple[LocalOrder, ...] = ()
    form: tuple[FormGroup, ...] = ()
    windows: tuple[Window, ...] = ()
    parties: tuple[Party, ...] = ()
    tone: Tone = "PLAIN"
    before: Before = Before()
    texts: ThingTexts

    model_config = {"populate_by_name": True}


class ExampleOffer(Strict):
    """Something a source would offer to this person."""

    kind: Literal["IDENTITY", "CERTIFICATE", "PRIOR"]
    holder: Holder = "applicant"
    type: str = ""
    fields: dict[str, Any] = {}


class Expectation(Strict):
    """What the example must give; leave out what it does not care about."""

    route: Literal["BUNDLE", "SINGLE", "OPEN"] | None = None
    items: tuple[Code, ...] | None = None
    excluded: tuple[Code, ...] | None = None
    ask: tuple[FactName, ...] | None = None
    fields: dict[FactName, str] | None = None
    materials: dict[Code, str] | None = None
    promise_working_days: int | None = None
    due: dict[Code, date] | None = None


class Example(Strict):
    """A worked example of a thing: answers and offers in, outcome out."""

    kind: Literal["example"]
    name: T
    thing: str
    on: date
    answers: dict[FactName, Any] = {}
    declined: tuple[FactName, ...] = ()
    offers: tuple[ExampleOffer, ...] = ()
    choices: dict[Code, str] = {}
    note: T | None = None
    expect: Expectation
