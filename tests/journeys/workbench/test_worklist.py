"""The worklist: what lies on the desk, filters, paging, and who may see it."""

from uuid import UUID

from tests.journeys.workbench.conftest import LogIn
from tests.town import newborn
from tests.town.people import Town

DESK = "/workbench/"


def test_the_desk_shows_its_own_cases_only(town: Town, application_id: UUID, log_in: LogIn) -> None:
    hospital = log_in("hospital-officer").get(DESK)
    case = newborn.case_of(application_id, "birth-certificate-first-issue")
    assert hospital.status_code == 200
    assert case.number in hospital.content.decode()
    assert case.number not in log_in("police-luoyang").get(DESK).content.decode()
