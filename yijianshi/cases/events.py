"""What happened to cases, for the rooms above and beside: ids only, past tense."""

from dataclasses import dataclass

from yijianshi.foundation.events import event


@event("cases.received")
@dataclass(frozen=True)
class CaseReceived:
    """A case came onto a department's desk; its five-working-day check has begun."""

    case_id: str
    application_id: str


@event("cases.hand_over_due")
@dataclass(frozen=True)
class HandOverDue:
    """A case came onto the desk of an organisation whose own system handles such cases."""

    case_id: str
    application_id: str


@event("cases.report_due")
@dataclass(frozen=True)
class ReportDue:
    """The state of a case changed that a system of another level is told about."""

    case_id: str
    application_id: str


@event("cases.taken_back")
@dataclass(frozen=True)
class CaseTakenBack:
    """A case that another system may have was withdrawn, returned or ended here."""

    case_id: str
    application_id: str


@event("cases.accepted")
@dataclass(frozen=True)
class CaseAccepted:
    """A department accepted a case, or silence counted as acceptance; the limit runs."""

    case_id: str
    application_id: str


@event("cases.correction_requested")
@dataclass(frozen=True)
class CorrectionRequested:
    """A department told the applicant, once and completely, what is missing."""

    case_id: str
    application_id: str


@event("cases.corrected")
@dataclass(frozen=True)
class CaseCorrected:
    """The applicant answered the corrections; the department has its case back."""

    case_id: str
    application_id: str


@event("cases.decided")
@dataclass(frozen=True)
class CaseDecided:
    """A department decided: approval, refusal or non-acceptance."""

    case_id: str
    application_id: str
    outcome: str


@event("cases.ended")
@dataclass(frozen=True)
class CaseEnded:
    """A case reached its end, with or without a result."""

    case_id: str
    application_id: str
    state: str
