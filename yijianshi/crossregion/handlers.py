"""What this room does when something happened below, and what the other side's messages mean."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.applications.events import ApplicationForwarded
from yijianshi.cases.events import CaseCorrected, HandOverDue
from yijianshi.crossregion.commands import arrive, correct, forward, hear, joint, tell, telling
from yijianshi.crossregion.events import FilesArrived, PassageTold
from yijianshi.exchange.applying import Incoming, applies
from yijianshi.foundation.events import handles


@handles(ApplicationForwarded)
def when_application_forwarded_bring_it_there(happened: list[ApplicationForwarded], at: datetime) -> None:
    """Open its passage."""
    forward.open_passages([UUID(one.application_id) for one in happened], at=at)


@handles(FilesArrived)
def when_files_arrived_go_on(happened: list[FilesArrived], at: datetime) -> None:
    """Take in what was handed over, take over an answer to corrections, or sign for results."""
    ids = [UUID(one.passage_id) for one in happened]
    arrive.take_in_arrived(ids, at=at)
    correct.take_over_answers(ids, at=at)
    hear.sign_for_results(ids, at=at)


@handles(PassageTold)
def when_passage_told_tell(happened: list[PassageTold], at: datetime) -> None:
    """Tell the applicant's side."""
    telling.tell_stages(happened, at=at)


@handles(HandOverDue)
def when_hand_over_due_bring_it_to_its_place(happened: list[HandOverDue], at: datetime) -> None:
    """Give a case that belongs elsewhere to the deployment of that place."""
    joint.send_cases([UUID(one.case_id) for one in happened], at=at)


@handles(CaseCorrected)
def when_case_corrected_send_it_after(happened: list[CaseCorrected], at: datetime) -> None:
    """Send the corrected facts and files after."""
    joint.send_corrected([UUID(one.case_id) for one in happened], at=at)


@applies("application.handed_over", "case.handed_over", opens=True)
def hear_handed_over(incoming: Sequence[Incoming], at: datetime) -> None:
    """Another region hands over an application, or one case of its own."""
    arrive.take_custody(incoming, at)


@applies("application.arrived")
def hear_arrived(incoming: Sequence[Incoming], at: datetime) -> None:
    """The home took it in."""
    hear.hear_arrived(incoming, at)


@applies("application.returned")
def hear_returned(incoming: Sequence[Incoming], at: datetime) -> None:
    """The home could not take it in."""
    hear.hear_returned(incoming, at)


@applies("application.told")
def hear_told(incoming: Sequence[Incoming], at: datetime) -> None:
    """The home tells where it stands."""
    hear.hear_told(incoming, at)


@applies("application.corrected", "case.corrected")
def hear_corrected(incoming: Sequence[Incoming], at: datetime) -> None:
    """The origin sends what the applicant corrected."""
    correct.hear_corrected(incoming, at)


@applies("application.results_received")
def hear_received(incoming: Sequence[Incoming], at: datetime) -> None:
    """The origin has the results."""
    tell.hear_received(incoming, at)


@applies("case.withdrawn")
def hear_withdrawn(incoming: Sequence[Incoming], at: datetime) -> None:
    """The applicant took back a case the lead gave us."""
    joint.hear_withdrawn(incoming, at)
