"""王芳's newborn through the public API alone: guide, form, submission, seven departments, certificates."""

from typing import Any

from tests.journeys.api.conftest import Enter, Now, Program, key
from tests.town import newborn
from yijianshi.config.demo import answers

OFFICERS = ("hospital", "health", "cdc", "police", "medical-insurance", "tax", "social-security")


def guide(program: Program, now: Now) -> dict[str, Any]:
    """Answer the guide until it has no more questions."""
    known: dict[str, Any] = {}
    while question := program.post("/things/newborn/guide", {"answers": known, "declined": []})["question"]:
        assert question["why"]["zh"]
        known[question["fact"]] = answers.guide_answer(question, now.at.date())
    return known


def draft_of(program: Program, now: Now) -> dict[str, Any]:
    """Return a complete draft."""
    draft = program.post("/applications", {"thing": "newborn", "answers": guide(program, now)}, status=201)
    thing = program.get("/things/newborn")
    options = {one["name"]: [option["code"] for option in one["options"]] for one in thing["elements"] if one["options"]}
    for _ in range(3):
        fields = [field for group in draft["groups"] for field in group["fields"] if field["status"] == "ASK"]
        values = {field["name"]: answers.form_answer(field, options) for field in fields if not field["value"]}
        program.call("PATCH", f"/applications/{draft['id']}/draft", {"values": values, "revision": draft["revision"]})
        draft = program.get(f"/applications/{draft['id']}/draft")
    for material in draft["materials"]:
        if material["status"] == "TO_UPLOAD" and not material["files"]:
            program.upload(f"/applications/{draft['id']}/materials/{material['code']}", "照片.png", newborn.one_pixel_png())
    complete: dict[str, Any] = program.get(f"/applications/{draft['id']}/draft")
    assert complete["ready"], (complete["problems"], [one["problem"] for one in complete["materials"]])
    return complete


def submit(program: Program, draft: dict[str, Any], status: int = 200, **changed: Any) -> Any:
    """Submit the draft under a key of its own."""
    body = {"declaration": True, "revision": draft["revision"]} | changed
    return program.post(f"/applications/{draft['id']}/submit", body, status, Idempotency_Key=key())


def work(desk: Program, now: Now) -> int:
    """Take every open case of a desk one step further; returns how many."""
    rows = desk.get("/workbench/cases")["rows"]
    for row in rows:
        one = [row["id"]]
        if row["state"] == "RECEIVED":
            desk.post("/workbench/cases/accept", {"case_ids": one}, 204)
        elif row["state"] == "ACCEPTED":
            case = desk.get(f"/workbench/cases/{row['id']}")
            results = {result["name"]: answers.result_answer(result, case["number"], now.at.date()) for result in case["results"]}
            desk.post("/workbench/cases/approve", {"case_ids": one, "results": results}, 204)
        else:
            desk.post("/workbench/cases/deliver", {"case_ids": one, "reason": "EMS"}, 204)
    return len(rows)


def test_a_mother_gets_every_certificate_with_one_submission(enter: Enter, now: Now) -> None:
    mother = enter("wangfang")
    draft = draft_of(mother, now)
    receipt = submit(mother, draft)
    newborn.deliver_events()
    desks = [enter(f"{kind}-officer") for kind in OFFICERS]
    for _ in range(20):
        if not sum(work(desk, now) for desk in desks):
            break
    progress = mother.get(f"/applications/{draft['id']}/progress")
    assert (progress["number"], progress["overall"]) == (receipt["number"], "COMPLETED")
    certificates = [one for station in progress["stations"] for one in station["certificate_ids"]]
    assert len(certificates) == len(progress["stations"]) == 10
    held = {one["id"] for one in mother.get("/certificates")}
    assert set(certificates) <= held


def test_a_correction_is_asked_answered_and_done_through_the_api(enter: Enter, now: Now) -> None:
    mother, hospital = enter("wangfang"), enter("hospital-officer")
    draft = draft_of(mother, now)
    submit(mother, draft)
    newborn.deliver_events()
    (row,) = hospital.get("/workbench/cases")["rows"]
    entries = [
        {"kind": "field", "name": "child.name", "text": "请核对姓名"},
        {"kind": "material", "name": "marriage-certificate", "text": "请重新拍照"},
    ]
    path = f"/applications/{draft['id']}/corrections"
    assert mother.get(path, 204) is None
    hospital.post("/workbench/cases/request_correction", {"case_ids": [row["id"]], "entries": entries}, 204)
    now.pass_days(1)
    mother, hospital = enter("wangfang"), enter("hospital-officer")
    assert [entry["name"] for entry in mother.get(path)["entries"]] == ["child.name", "marriage-certificate"]
    mother.post(path, {"values": {"child.name": "李满满"}}, 422)
    mother.upload(f"{path}/materials/marriage-certificate", "b.png", newborn.one_pixel_png())
    mother.post(path, {"values": {"child.name": "李满满"}}, 204)
    assert mother.get(path, 204) is None
    facts = {fact["name"]: fact["value"] for fact in hospital.get(f"/workbench/cases/{row['id']}")["facts"]}
    assert facts["child.name"]["zh"] == "李满满"


def test_a_submission_that_arrives_twice_is_one_and_other_content_is_refused(enter: Enter, now: Now) -> None:
    mother = enter("wangfang")
    draft = draft_of(mother, now)
    body, same = {"declaration": True, "revision": draft["revision"]}, key()
    path = f"/applications/{draft['id']}/submit"
    first = mother.post(path, body, Idempotency_Key=same)
    assert mother.post(path, body, Idempotency_Key=same) == first
    refused = mother.post(path, {"declaration": True}, 409, Idempotency_Key=same)
    assert refused["type"].endswith("idempotency-key-reused")
    mother.post(path, body, 422)  # no key at all


def test_strangers_get_not_found_everywhere_and_the_wrong_door_says_so(enter: Enter, now: Now) -> None:
    mother, stranger, officer = enter("wangfang"), enter("zhaojianguo"), enter("police-officer")
    draft = draft_of(mother, now)
    submit(mother, draft)
    newborn.deliver_events()
    (row,) = enter("hospital-officer").get("/workbench/cases")["rows"]
    for path in ("", "/draft", "/progress", "/corrections"):
        stranger.get(f"/applications/{draft['id']}{path}", 404)
        officer.get(f"/applications/{draft['id']}{path}", 403)
        Program().get(f"/applications/{draft['id']}{path}", 401)
    stranger.post(f"/applications/{draft['id']}/withdraw", {}, 404)
    officer.get(f"/workbench/cases/{row['id']}", 404)
    officer.post("/workbench/cases/accept", {"case_ids": [row["id"]]}, 404)
    mother.get("/workbench/cases", 403)


def test_a_file_that_is_not_what_it_says_is_refused_in_words(enter: Enter, now: Now) -> None:
    mother = enter("wangfang")
    draft = mother.post("/applications", {"thing": "newborn", "answers": guide(mother, now)}, status=201)
    path = f"/applications/{draft['id']}/materials/marriage-certificate"
    for name, content in (("合同.pdf", b"MZ\x90\x00" + b"\x00" * 200), ("a.png", b"#!/bin/sh\nrm -rf /\n"), ("空.png", b"")):
        assert "detail" in mother.upload(path, name, content, 422)
    assert not [one for one in mother.get(f"/applications/{draft['id']}/draft")["materials"] if one["files"]]


def test_legal_words_too_long_for_the_ledger_are_refused_not_cut_or_crashed(enter: Enter, now: Now) -> None:
    mother, hospital = enter("wangfang"), enter("hospital-officer")
    submit(mother, draft_of(mother, now))
    newborn.deliver_events()
    (row,) = hospital.get("/workbench/cases")["rows"]
    body = {"case_ids": [row["id"]], "reason": "不归我们管", "basis": "条" * 201}
    assert hospital.post("/workbench/cases/not_accept", body, 422)["errors"][0]["field"] == "basis"
    hospital.post("/workbench/cases/accept", {"case_ids": [row["id"], row["id"]]}, 422)
    hospital.post("/workbench/cases/fly", {"case_ids": [row["id"]]}, 404)
    assert hospital.get("/workbench/cases")["rows"][0]["state"] == "RECEIVED"
