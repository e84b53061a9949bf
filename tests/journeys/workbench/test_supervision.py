"""A supervisor's pages: the list of the desks below, the case page without buttons, and no way to act."""

from uuid import UUID

from tests.journeys.conftest import LogIn
from tests.town import newborn
from tests.town.people import JINSHUI, Town, add_staff
from yijianshi.identity.logic.actor import Role


def test_a_supervisor_watches_and_finds_no_button(town: Town, application_id: UUID, log_in: LogIn) -> None:
    add_staff(f"government-service-{JINSHUI}", "watcher", frozenset({Role.SUPERVISOR}))
    case = newborn.case_of(application_id, "birth-certificate-first-issue")
    browser = log_in("watcher")
    listed = browser.get("/workbench/").content.decode()
    assert "监督范围内的办件" in listed
    assert "郑州市金水区妇幼保健院" in listed
    assert "/workbench/batch/" not in listed
    page = browser.get(f"/workbench/cases/{case.id}/").content.decode()
    assert "监督查看：郑州市金水区妇幼保健院的办件" in page
    assert "这个事项需要的信息" not in page
    assert f"/workbench/cases/{case.id}/accept/" not in page
    assert browser.post(f"/workbench/cases/{case.id}/accept/").status_code == 403
    assert browser.post("/workbench/batch/accept/", {"case": str(case.id)}).status_code == 403
    browser.cookies["language"] = "en"
    assert "Desks I supervise" in browser.get("/workbench/").content.decode()
