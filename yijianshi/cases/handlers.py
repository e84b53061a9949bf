"""What this room does when something happened in a room below, in this one, or in a department's own system."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.applications.events import ApplicationSubmitted
from yijianshi.cases.commands import await_data, from_outside, hand_over
from yijianshi.cases.commands.split import split
from yijianshi.cases.events import CaseCorrected, CaseEnded, CaseReceived
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


@handles(CaseReceived)
def when_case_received_hand_it_over(happened: list[CaseReceived], at: datetime) -> None:
    """Send it to the department's own system, where there is one."""
    hand_over.hand_over([UUID(one.case_id) for one in happened], at=at)


@handles(CaseCorrected)
def when_case_corrected_tell_the_department(happened: list[CaseCorrected], at: datetime) -> None:
    """Send the corrected facts and materials after."""
    hand_over.tell_corrected([UUID(one.case_id) for one in happened], at=at)


@handles(CaseEnded)
def when_case_ended_tell_the_department(happened: list[CaseEnded], at: datetime) -> None:
    """Tell a system that has the case when it was withdrawn or returned here."""
    hand_over.tell_ended([UUID(one.case_id) for one in happened], at=at)


@applies(*from_outside.KINDS)
def when_department_answered_act(incoming: Sequence[Incoming], at: datetime) -> None:
    """Take the department's step."""
    from_outside.apply_answers(incoming, at)
