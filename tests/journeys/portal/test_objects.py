"""Two vehicles on one form: one more, one fewer, and everything typed stays with its vehicle."""

import re
from uuid import UUID

from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town import newborn, transport
from tests.town.people import MONDAY, Town
from tests.town.restaurant import company
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.applications.models import Material
from yijianshi.applications.queries.views import DraftView
from yijianshi.foundation import files


def as_company(town: Town, log_in: LogIn) -> Client:
    browser = log_in("chenming")
    principal = company(town).principal
    assert principal is not None
    browser.post("/me/acting/", {"mandate": str(principal.mandate_id)})
    return browser


def draft_of(town: Town, draft_id: UUID) -> DraftView:
    return drafts.get_draft(draft_id, by=company(town), at=MONDAY)


def fact(town: Town, draft_id: UUID, name: str) -> object:
    return draft_of(town, draft_id).facts.get(name)


def upload(town: Town, draft_id: UUID, material: str, name: str) -> None:
    stored = files.store(newborn.one_pixel_png(), name=name, declared_type="image/png", by=company(town), at=MONDAY)
    applications.attach(application_id=draft_id, material=material, file_ids=[stored.id], by=company(town), at=MONDAY)


def test_a_vehicle_is_added_asked_about_and_filled_in(town: Town, log_in: LogIn) -> None:
    draft_id = transport.begin(town, MONDAY, vehicles=1, drivers=1)
    browser, path = as_company(town, log_in), f"/applications/{draft_id}/"
    page = browser.get(f"{path}form/vehicle/").content.decode()
    assert "再加一个：车辆" in page
    assert "remove/" not in page  # the only one stays
    to = browser.post(f"{path}objects/vehicle/add/", {"vehicle.vin": "LZZ5CLSB8NA000001"}).headers["location"]
    assert to == f"{path}answers/vehicle_2.registered/"
    assert fact(town, draft_id, "vehicle.vin") == "LZZ5CLSB8NA000001"
    assert "第2辆车：这辆车上好牌了吗" in browser.get(to).content.decode()
    assert "vehicle_2.registered" in {problem.name for problem in draft_of(town, draft_id).problems}
    to = browser.post(to, {"answer": "true"}).headers["location"]
    assert to == f"{path}answers/vehicle_2.is_heavy/"
    assert browser.post(to, {"answer": "true"}).headers["location"] == path
    second = browser.get(f"{path}form/vehicle_2/").content.decode()
    assert 'name="vehicle_2.plate"' in second
    assert "删除：第2辆车" in second
    assert "第1辆车" in browser.get(path).content.decode() + second
    assert "road-transport-certificate-2" in draft_of(town, draft_id).plan.included()


def test_removing_the_first_moves_the_second_up_with_its_answers_and_papers(town: Town, log_in: LogIn) -> None:
    draft_id = transport.begin(town, MONDAY, vehicles=3, drivers=2)
    browser, path = as_company(town, log_in), f"/applications/{draft_id}/"
    typed = {f"{one}.vin": f"LZZ5CLSB8NA00000{n}" for n, one in enumerate(("vehicle", "vehicle_2", "vehicle_3"), 1)}
    typed |= {"driver.name": "张三", "driver_2.name": "李四", "driver_2.id_number": "410105198505013019"}
    applications.save_draft(application_id=draft_id, values=typed, by=company(town), at=MONDAY)
    for code in ("vehicle-conformity-certificate", "vehicle-licence-2", "vehicle-licence-3"):
        upload(town, draft_id, code, f"{code}.png")
    assert browser.post(f"{path}objects/vehicle/remove/", {}).headers["location"] == path
    after = draft_of(town, draft_id).facts
    assert (after["fleet.vehicles"], after["vehicle.vin"], after["vehicle_2.vin"]) == (
        2,
        typed["vehicle_2.vin"],
        typed["vehicle_3.vin"],
    )
    assert (after["vehicle.registered"], after.get("vehicle_3.vin"), after["driver.name"]) == (True, None, "张三")
    papers = {row.code: [one["name"] for one in row.files] for row in Material.objects.filter(application_id=draft_id)}
    assert papers == {"vehicle-licence": ["vehicle-licence-2.png"], "vehicle-licence-2": ["vehicle-licence-3.png"]}
    browser.post(f"{path}objects/driver/remove/", {})
    assert fact(town, draft_id, "driver.name") == "李四"
    assert fact(town, draft_id, "driver.id_number") == "410105198505013019"  # sealed under its new name


def test_lowering_the_count_and_raising_it_again_loses_nothing(town: Town) -> None:
    draft_id = transport.begin(town, MONDAY, vehicles=2, drivers=1)
    by = company(town)

    def save(**values: str) -> None:
        named = {name.replace("__", "."): value for name, value in values.items()}
        applications.save_draft(application_id=draft_id, values=named, by=by, at=MONDAY)

    save(vehicle__model="示范牌一号", vehicle_2__model="示范牌二号")
    save(fleet__vehicles="1")
    assert [group.entity for group in draft_of(town, draft_id).groups if group.entity.startswith("vehicle")] == ["vehicle"]
    assert fact(town, draft_id, "vehicle.model") == "示范牌一号"
    save(fleet__vehicles="2")
    assert fact(town, draft_id, "vehicle_2.model") == "示范牌二号"


def test_there_is_a_first_and_a_most(town: Town, log_in: LogIn) -> None:
    browser = as_company(town, log_in)
    path = f"/applications/{transport.begin(town, MONDAY, vehicles=1, drivers=20)}/"
    assert browser.post(f"{path}objects/vehicle/remove/", {}).status_code == 409
    full = browser.post(f"{path}objects/driver_20/add/", {})
    assert full.status_code == 409
    assert "最多办 20 个" in full.content.decode()
    assert "再加一个：驾驶员" not in browser.get(f"{path}form/driver_20/").content.decode()
    assert browser.post(f"{path}objects/vehicle_2/remove/", {}).status_code == 404
    assert browser.post(f"{path}objects/fleet/add/", {}).status_code == 404
    assert browser.get(f"{path}objects/vehicle/add/").status_code == 405
    assert log_in("wangfang").post(f"{path}objects/vehicle/add/", {}).status_code == 404


def test_the_guide_refuses_a_count_that_cannot_be(town: Town) -> None:
    browser = Client()
    for fact_name, answer in (("enterprise.licence_status", "NORMAL"), ("fleet.business", "GENERAL")):
        browser.post("/things/transport-company/guide/", {"fact": fact_name, "answer": answer})
    for wrong in ("0", "21", "-1", "三辆", ""):
        page = browser.post("/things/transport-company/guide/", {"fact": "fleet.vehicles", "answer": wrong})
        assert page.status_code == 422, wrong
        assert re.search("车辆数|填|回答", page.content.decode())
    assert browser.post("/things/transport-company/guide/", {"fact": "fleet.vehicles", "answer": "2"}).status_code == 302


def test_singly_the_second_vehicle_is_applied_for_with_the_same_item(town: Town, log_in: LogIn) -> None:
    draft_id = transport.begin(town, MONDAY, vehicles=2, drivers=1)
    applications.save_draft(application_id=draft_id, values={"fleet.business": "DANGEROUS"}, by=company(town), at=MONDAY)
    browser = as_company(town, log_in)
    to = browser.get(f"/applications/{draft_id}/singly/road-transport-certificate-2/").headers["location"]
    assert to == "/items/road-transport-certificate/"
    assert browser.get(to).status_code == 200
    summary = browser.get("/things/transport-company/summary/")
    assert summary.status_code in (200, 302)
    assert "-2/" not in summary.content.decode()
