"""What this room does when something happened in a room below."""

from datetime import datetime
from uuid import UUID

from yijianshi.applications.events import ApplicationSubmitted
from yijianshi.cases.commands import telling
from yijianshi.cases.commands.split import split
from yijianshi.cases.events import CaseAccepted, CaseDecided, CaseEnded, CorrectionRequested
from yijianshi.foundation.events import handles
from yijianshi.identity.logic.actor import SYSTEM


@handles(ApplicationSubmitted)
def when_application_submitted_split_it(happened: list[ApplicationSubmitted], at: datetime) -> None:
    """Make the departments' cases."""
    split([UUID(one.application_id) for one in happened], by=SYSTEM, at=at)


@handles(CaseAccepted)
def when_case_accepted_tell(happened: list[CaseAccepted], at: datetime) -> None:
    """Tell the applicant's side that a department is at work, and until when."""
    telling.tell_accepted([UUID(one.case_id) for one in happened], at=at)


@handles(CorrectionRequested)
def when_correction_requested_tell(happened: list[CorrectionRequested], at: datetime) -> None:
    """Tell the applicant's side what to do, and until when."""
    telling.tell_corrections([UUID(one.case_id) for one in happened], at=at)


@handles(CaseDecided)
def when_case_decided_tell(happened: list[CaseDecided], at: datetime) -> None:
    """Tell the applicant's side of the decision."""
    telling.tell_decided(happened, at=at)


@handles(CaseEnded)
def when_case_ended_tell(happened: list[CaseEnded], at: datetime) -> None:
    """Tell the applicant's side of an end without a decision, of a delivery, and that all is finished."""
    telling.tell_ended(happened, at=at)
