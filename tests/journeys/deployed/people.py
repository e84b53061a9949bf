"""What people do in the two cities, all through the public API, as an integrator would."""

import uuid
from datetime import datetime
from typing import Any

from tests.journeys.deployed.cities import City, until
from tests.town.newborn import one_pixel_png
from yijianshi.config.demo import answers
from yijianshi.config.demo.client import ApiRefused, Client
from yijianshi.foundation.clock import LEGAL_ZONE

RETIREMENT = {
    "pension.insured_as": "FLEXIBLE",
    "pension.file_review": False,
    "pension.has_fund": False,
    "pension.is_only_child_parent": False,
}

SOCIAL_CARD = {"cardholder.wants": "FIRST", "cardholder.is_adult": True, "cardholder.scenes": ["E_CARD"]}
VALUES = {"pension.years_paid": 21}


def is_offered(city: City, code: str) -> bool:
    """Say whether a thing of the other city can be applied for here by now."""
    try:
        Client(city.address).get(f"/things/{code}")
    except ApiRefused:
        return False
    return True


def fill_in(person: Client, code: str, known: dict[str, Any], region: str) -> dict[str, Any]:
    """Start, fill in and upload; return the draft, ready to submit."""
    draft = person.post("/applications", {"thing": code, "answers": known})
    thing = person.get(f"/things/{code}")
    options = {one["name"]: [each["code"] for each in one["options"]] for one in thing["elements"] if one["options"]}
    for _ in range(3):
        wrong = {one["name"] for one in draft["problems"]}
        fields = [one for group in draft["groups"] for one in group["fields"]]
        asked = [one for one in fields if one["name"] in wrong or (one["status"] == "ASK" and not one["value"])]
        values = {one["name"]: _value(one, region, options) for one in asked}
        person.patch(f"/applications/{draft['id']}/draft", {"values": values, "revision": draft["revision"]})
        for one in draft["materials"]:
            if one["status"] == "TO_UPLOAD" and not one["files"]:
                upload(person, f"/applications/{draft['id']}/materials/{one['code']}")
        draft = person.get(f"/applications/{draft['id']}/draft")
        if draft["ready"]:
            return draft
    raise AssertionError([draft["problems"], [one for one in draft["materials"] if one["problem"]]])


def _value(field: dict[str, Any], region: str, options: dict[str, list[str]]) -> Any:
    if field["type"] == "DATE":
        return datetime.now(LEGAL_ZONE).date().isoformat()
    return region if field["type"] == "REGION" else VALUES.get(field["name"]) or answers.form_answer(field, options)


def upload(person: Client, path: str, name: str = "uploads") -> None:
    """Upload one picture."""
    edge = uuid.uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    content = head.encode() + one_pixel_png() + f"\r\n--{edge}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    person._open("POST", f"{person.base_url}/api/v1{path}", content, headers)


def submit(person: Client, draft: dict[str, Any]) -> str:
    """Submit and return the number."""
    body = {"declaration": True, "revision": draft["revision"]}
    receipt = person.post(f"/applications/{draft['id']}/submit", body, Idempotency_Key=str(uuid.uuid4()))
    return str(receipt["number"])


def journey(person: Client, draft: dict[str, Any]) -> dict[str, Any]:
    """Return where it stands, as the person sees it."""
    found: dict[str, Any] = person.get(f"/applications/{draft['id']}/elsewhere")
    return found


def reaches(person: Client, draft: dict[str, Any], *stages: str) -> dict[str, Any]:
    """Wait until it stands at one of *stages* and return the journey."""
    seen: list[Any] = [None]

    def there() -> bool:
        seen[0] = journey(person, draft)
        return seen[0]["stage"] in stages

    until(there, f"{stages} not reached")
    return dict(seen[0])


def work_everything(city: City, officers: tuple[str, ...]) -> int:
    """Let the officers of a city take every step they can now; return how many."""
    return sum(_work_desk(Client.enter(city.address, name)) for name in officers)


def _work_desk(desk: Client) -> int:
    done = 0
    for row in desk.get("/workbench/cases")["rows"]:
        ids = [row["id"]]
        if row["state"] == "RECEIVED":
            desk.post("/workbench/cases/accept", {"case_ids": ids})
        elif row["state"] == "ACCEPTED":
            case = desk.get(f"/workbench/cases/{row['id']}")
            today = datetime.now(LEGAL_ZONE).date()
            results = {one["name"]: answers.result_answer(one, case["number"], today) for one in case["results"]}
            desk.post("/workbench/cases/approve", {"case_ids": ids, "results": results})
        elif row["state"] == "DECIDED":
            desk.post("/workbench/cases/deliver", {"case_ids": ids, "reason": "邮寄"})
        else:
            continue
        done += 1
    return done


def answer_with_a_picture(person: Client, draft: dict[str, Any], material: str) -> None:
    """Answer the correction of one material with a new picture."""
    upload(person, f"/applications/{draft['id']}/elsewhere/corrections", material)
