"""Three vehicles and two drivers in one application: each is a case of its own, with its own result and certificate."""

from tests.rooms.cases.acts import ask
from tests.town import newborn, transport
from tests.town.people import MONDAY, Town
from tests.town.restaurant import company
from yijianshi.applications import commands as drafting
from yijianshi.applications import queries as applications
from yijianshi.cases import commands, queries
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.models import Case
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import history

TRANSPORT = "road-transport-certificate"


def approve_all(town: Town, application_id: object) -> None:
    while ready := Case.objects.filter(application_id=application_id, state="RECEIVED").first():
        newborn.approve(town, ready.application_id, ready.item_code, MONDAY)


def test_each_vehicle_and_each_driver_is_a_case_with_its_own_certificate(town: Town) -> None:
    application_id = transport.apply(town, MONDAY)
    codes = list(Case.objects.filter(application_id=application_id).order_by("position").values_list("item_code", flat=True))
    assert codes == [
        "business-licence-check",
        "road-freight-permit",
        "driver-qualification-check",
        "driver-qualification-check-2",
        "vehicle-registration",
        TRANSPORT,
        f"{TRANSPORT}-2",
        f"{TRANSPORT}-3",
        "transport-tax-confirmation",
    ]
    approve_all(town, application_id)
    seen = queries.progress(application_id, by=company(town), at=MONDAY)
    assert seen.overall is Overall.COMPLETED
    facts = applications.all_facts(application_id, by=company(town))
    faces = []
    for station in (one for one in seen.stations if one.item_code.startswith(TRANSPORT)):
        (certificate_id,) = station.certificate_ids
        face = {one.name: one.value.zh for one in certificates.get_certificate(certificate_id, by=company(town)).fields}
        faces.append((face["vehicle.plate"], face["vehicle.vin"], face["vehicle.transport_certificate_number"]))
    expected = [
        (facts[f"{one}.plate"], facts[f"{one}.vin"], facts[f"{one}.transport_certificate_number"])
        for one in ("vehicle", "vehicle_2", "vehicle_3")
    ]
    assert faces == expected
    assert len(set(expected)) == 3
    assert history.verify() is None


def test_refusing_one_vehicle_leaves_the_others(town: Town) -> None:
    application_id = transport.apply(town, MONDAY)
    for code in ("business-licence-check", "road-freight-permit"):
        newborn.approve(town, application_id, code, MONDAY)
    case = newborn.case_of(application_id, f"{TRANSPORT}-2")
    officer = newborn.officer_of(town, case)
    commands.accept([case.id], by=officer, at=MONDAY)
    commands.refuse([commands.Refusal(case_id=case.id, reason="车辆识别代号与车辆不符")], by=officer, at=MONDAY)
    approve_all(town, application_id)
    states = dict(Case.objects.filter(application_id=application_id).values_list("item_code", "state"))
    assert states.pop(f"{TRANSPORT}-2") == "REFUSED"
    assert set(states.values()) <= {"COMPLETED", "DECIDED"}


def test_refusing_a_registration_ends_only_the_certificate_of_that_vehicle(town: Town) -> None:
    application_id = transport.apply(town, MONDAY)
    case = newborn.case_of(application_id, "vehicle-registration")
    officer = newborn.officer_of(town, case)
    commands.accept([case.id], by=officer, at=MONDAY)
    commands.refuse([commands.Refusal(case_id=case.id, reason="没有合格证")], by=officer, at=MONDAY)
    approve_all(town, application_id)
    states = dict(Case.objects.filter(application_id=application_id).values_list("item_code", "state"))
    ended = {code for code, state in states.items() if state in {"REFUSED", "TERMINATED"}}
    assert ended == {"vehicle-registration", TRANSPORT}


def test_a_desk_sees_its_own_vehicle_and_driver_and_may_ask_about_it(town: Town) -> None:
    application_id = transport.apply(town, MONDAY)
    case = newborn.case_of(application_id, "driver-qualification-check-2")
    officer = newborn.officer_of(town, case)
    shown = queries.get_case(case.id, by=officer, at=MONDAY)
    assert shown.item_name.zh == "驾驶员从业资格核验（第2名驾驶员）"
    stations = {station.item_code: station.item_name for station in shown.stations}
    assert stations["driver-qualification-check"].zh == "驾驶员从业资格核验（第1名驾驶员）"
    first = newborn.case_of(application_id, "driver-qualification-check")
    assert queries.get_case(first.id, by=officer, at=MONDAY).item_name == stations[first.item_code]
    names = {fact.name for fact in shown.facts}
    assert {"driver_2.name", "driver_2.id_number"} <= names
    assert not any(name.startswith(("driver.", "vehicle")) for name in names)
    commands.accept([case.id], by=officer, at=MONDAY)
    newborn.approve(town, application_id, "business-licence-check", MONDAY)
    permit = newborn.case_of(application_id, "road-freight-permit")
    seen = queries.get_case(permit.id, by=newborn.officer_of(town, permit), at=MONDAY)
    listed = [fact.name for fact in seen.facts if fact.name.endswith(".vin")]
    assert listed == ["vehicle.vin", "vehicle_2.vin", "vehicle_3.vin"]
    ask(town, permit, ("field", "vehicle_3.vin"))
    notice = queries.open_corrections(application_id, by=company(town))
    assert notice is not None
    assert [entry.label.zh for entry in notice.entries] == ["第3辆车的车辆识别代号（车架号）"]
    corrected = {"vehicle_3.vin": "LZZ5CLSB8NA000033"}
    answer = commands.CorrectionAnswer(application_id=application_id, values=corrected)
    commands.answer_corrections(answer, by=company(town), at=MONDAY)
    assert applications.all_facts(application_id, by=company(town))["vehicle_3.vin"] == "LZZ5CLSB8NA000033"


def test_what_was_typed_for_an_object_no_longer_there_is_not_submitted(town: Town) -> None:
    draft_id, by = transport.fill_in(town, MONDAY, vehicles=2), company(town)
    drafting.save_draft(application_id=draft_id, values={"fleet.vehicles": "1"}, by=by, at=MONDAY)
    newborn.submit(draft_id, by, MONDAY)
    assert not [name for name in applications.all_facts(draft_id, by=by) if name.startswith("vehicle_2.")]
