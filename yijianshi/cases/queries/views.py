"""What cases look like to the people concerned: values only, ready to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.cases.logic.clock.replay import ClockState
from yijianshi.cases.logic.corrections import Certified
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.logic.states import Action, State
from yijianshi.exchange.queries.sharing import ClaimCard, DebtCard
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ResultField:
    """A fact the officer fills in at approval."""

    name: str
    element: Any  # catalogue Element
    value: Text | None


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of a department's worklist."""

    id: UUID
    number: str
    item_code: str
    item_name: Text
    thing_name: Text
    applicant: str  # masked
    state: State
    state_text: Text
    received_on: date | None
    act_by: date | None  # the day by which the next act is due
    remaining_working_days: int | None
    lamp: str  # GREEN, YELLOW, RED, BLACK, or GREY while the applicant's turn or paused
    needs_action: Text
    actions: tuple[str, ...]
    results: tuple[ResultField, ...]  # what approval asks for
    department: Text | None = None  # in a supervisor's list
    is_service: bool = False  # of a body that is no authority


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of the worklist; *next_cursor* is None on the last page."""

    rows: tuple[WorklistRow, ...]
    next_cursor: str | None
    counts: Mapping[str, int]  # state → cases on this desk, counted up to COUNT_LIMIT
    items: Mapping[str, Text]  # item code → name, of the items on this desk


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact the department needs, and where it comes from."""

    name: str
    label: Text
    value: Text | None
    entity: str
    entity_label: Text
    from_result: bool
    certified: Certified | None  # the certificate issued in this application that states it
    disputed: ClaimCard | None = None  # what a register says, where the applicant says that it is wrong


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One material the department needs, and how it was met."""

    code: str
    name: Text
    satisfier: str
    how: Text
    evidence: Text | None  # what stands for a paper not handed in; None for an upload
    files: Sequence[Mapping[str, Any]]
    certificate_ids: tuple[UUID, ...]  # the e-certificates used instead of paper


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step in the life of a case or application."""

    at: datetime
    text: Text
    actor: str
    reason: str
    basis: str
    document_no: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction notice as the desk sees it."""

    requested_at: datetime
    respond_by: date | None
    answered_at: datetime | None
    entries: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision in writing."""

    outcome: str
    reason: str
    basis: str
    document_no: str
    decided_at: datetime
    remedies: tuple[Text, ...]
    is_slip: bool = False  # a service slip (服务单) of a body that is no authority


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice or statutory wait of a case that acceptance began; nobody can shorten it."""

    text: Text
    length: Text
    until: date | None  # the last day; None while that year's holidays are not known
    earliest: date  # it does not end before
    runs: bool  # still running
    completes: bool  # the house completes the case afterwards, else an officer decides


@dataclass(frozen=True, slots=True)
class Station:
    """One item on the track: who has it, what happens, until when, whose turn it is."""

    case_id: UUID
    item_code: str
    item_name: Text
    department: Text
    department_phone: str
    state: State
    state_text: Text
    due_on: date | None
    due_certain: bool  # False: a forecast, because an earlier result is still missing
    whose_turn: Text
    explains: Text
    result: Text
    certificate_ids: tuple[UUID, ...]
    waits_for: tuple[str, ...]
    order_only: tuple[str, ...]
    decision: DecisionView | None
    may_withdraw: bool
    notice: NoticeView | None = None


@dataclass(frozen=True, slots=True)
class TrackEdge:
    """An item that begins after another one: with its result, or (*order_only*) once it has ended in whatever way."""

    upstream: str
    downstream: str
    order_only: bool = False


@dataclass(frozen=True, slots=True)
class DeferredView:
    """A paper that was accepted to follow later (容缺后补)."""

    code: str
    name: Text
    due_on: date | None  # the last day to hand it in
    uploaded: bool
    files: Sequence[Mapping[str, Any]]
    material: Any  # catalogue Material
    needed_by: tuple[str, ...]  # item codes


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole one thing as its applicant sees it."""

    application_id: UUID
    number: str
    title: Text
    overall: Overall
    overall_text: Text
    next_step: Text
    stations: tuple[Station, ...]
    edges: tuple[TrackEdge, ...]
    path: tuple[str, ...]  # the critical path, item codes
    promised_on: date | None
    promised_certain: bool  # False: an estimate, because an item is not accepted yet
    moved: tuple[Text, ...]  # what moved the promised date, in words
    history: tuple[HistoryLine, ...]
    submitted_at: datetime
    may_withdraw: bool
    deferred: tuple[DeferredView, ...]  # papers to follow, those already handed in included


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a department's case page shows: what the item needs, and nothing more."""

    id: UUID
    number: str
    application_number: str
    item_code: str
    item_name: Text
    thing_name: Text
    applicant: str
    state: State
    state_text: Text
    allowed: tuple[Action, ...]
    facts: tuple[FactRow, ...]
    materials: tuple[MaterialRow, ...]
    results: tuple[ResultField, ...]
    suspensions: tuple[tuple[str, Text], ...]  # lawful reasons to pause: code, text
    clock: ClockState
    promised_on: date | None
    legal_due_on: date | None
    act_by: date | None
    corrections: tuple[CorrectionView, ...]
    decision: DecisionView | None
    history: tuple[HistoryLine, ...]
    stations: tuple[Station, ...]  # the other cases of the application in brief, for the track
    edges: tuple[TrackEdge, ...]
    advice: tuple[Text, ...]
    remedies: tuple[Text, ...]  # what the applicant can do against a negative decision, or where to complain
    is_service: bool  # of a body that is no authority
    issues: tuple[Text, ...]  # the certificates an approval issues
    extension_working_days: int  # 0: no extension is lawful
    notice: NoticeView | None
    debts: tuple[DebtCard, ...]
    watched: Text | None  # whose case it is, when a supervisor looks at it: facts and materials are left out
    elsewhere: Text | None = None  # the department's own system, while it handles the case


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """One point of the merged correction notice, with everything needed to link to the exact place."""

    kind: str  # field | material
    name: str
    label: Text
    text: str
    item_name: Text
    department: Text
    entity: str  # form group of a field, empty for a material
    element: Any  # catalogue Element of a field, None for a material
    material: Any  # catalogue Material, None for a field
    value: Text | None
    raw: str | list[str]
    uploaded: Sequence[Mapping[str, Any]]
    certified: Certified | None  # a certificate has stated the field since
    is_renewed: bool = False  # a material: uploaded anew since it was asked for

    @property
    def is_certified(self) -> bool:
        """Say whether nothing is left to mend here, because a certificate states the field by now."""
        return self.certified is not None


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """All departments' open requests, merged into one notice."""

    application_id: UUID
    number: str
    title: Text
    respond_by: date | None
    entries: tuple[NoticeEntry, ...]
