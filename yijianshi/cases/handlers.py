"""What this room does when something happened in a room below, in this one, or in a department's own system."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.applications.events import ApplicationSubmitted
from yijianshi.cases.commands import await_data, from_outside, hand_over, reporting, telling
from yijianshi.cases.commands.split import split
from yijianshi.cases.events import (
    CaseAccepted,
    CaseCorrected,
    CaseDecided,
    CaseEnded,
    CaseTakenBack,
    CorrectionRequested,
    HandOverDue,
    ReportDue,
)
from yijianshi.exchange.applying import Incoming, applies
from yijianshi.exchange.events import RegisterAnswered
from yijianshi.foundation.events import handles
from yijianshi.identity.logic.actor import SYSTEM


@handles(ApplicationSubmitted)
def when_application_submitted_split_it(happened: list[ApplicationSubmitted], at: datetime) -> None:
    """Make the departments' cases."""
    split([UUID(one.application_id) for one in happened], by=SYSTEM, at=at)


@handles(RegisterAnswered)
def when_register_answered_take_up_the_cases(happened: list[RegisterAnswered], at: datetime) -> None:
    """Put the cases that waited for the answer on their desks."""
    await_data.take_up_answered([UUID(one.matter) for one in happened], at=at)


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


@handles(HandOverDue)
def when_hand_over_due_hand_it_over(happened: list[HandOverDue], at: datetime) -> None:
    """Send it to the department's own system."""
    hand_over.hand_over([UUID(one.case_id) for one in happened], at=at)


@handles(ReportDue)
def when_report_due_report_it(happened: list[ReportDue], at: datetime) -> None:
    """Tell the systems of other levels what changed."""
    reporting.report({UUID(one.case_id) for one in happened}, at=at)


@handles(CaseCorrected)
def when_case_corrected_tell_the_department(happened: list[CaseCorrected], at: datetime) -> None:
    """Send the corrected facts and materials after."""
    hand_over.tell_corrected([UUID(one.case_id) for one in happened], at=at)


@handles(CaseTakenBack)
def when_case_taken_back_tell_the_department(happened: list[CaseTakenBack], at: datetime) -> None:
    """Tell a system that has the case when it was withdrawn or returned here."""
    hand_over.tell_ended([UUID(one.case_id) for one in happened], at=at)


@applies(*from_outside.KINDS)
def when_department_answered_act(incoming: Sequence[Incoming], at: datetime) -> None:
    """Take the department's step."""
    from_outside.apply_answers(incoming, at)
