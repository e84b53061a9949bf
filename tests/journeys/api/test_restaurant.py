"""陈明's restaurant through the public API: he acts for his company, five departments decide, the licences are his company's."""

from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.api.conftest import Enter, Now, Program, key
from tests.journeys.api.test_newborn import work
from tests.town import newborn, restaurant
from tests.town.people import Town
from yijianshi.cases.models import Case
from yijianshi.config.demo import answers
from yijianshi.foundation import clock

DESKS = ("market-regulation", "urban-management", "fire", "tobacco", "cdc")
VARIANTS = [path.stem for path in restaurant.EXAMPLES if restaurant.example(path.stem)["expect"]["route"] == "BUNDLE"]


def as_company(enter: Enter) -> Program:
    """Return 陈明's program, acting for 好味来 by the mandate the register gives him."""
    mandates = enter("chenming").get("/mandates")
    return enter("chenming", acting_for=next(one["id"] for one in mandates if one["principal_kind"] == "ENTERPRISE"))


def complete_draft(company: Program, name: str, now: Now) -> dict[str, Any]:
    """Return a draft of the example with every field, way, letter and paper in place."""
    told = restaurant.example(name)
    body = {"thing": "restaurant", "answers": told["answers"], "declined": told.get("declined", [])}
    draft = company.post("/applications", body, status=201)
    path = f"/applications/{draft['id']}"
    for material, satisfier in told.get("choices", {}).items():
        company.call("PUT", f"{path}/materials/{material}/way", {"satisfier": satisfier}, 204)
    own = restaurant.FIELDS | {"staff.exam_date": clock.today(now.at).isoformat()}
    thing = company.get("/things/restaurant")
    options = {one["name"]: [option["code"] for option in one["options"]] for one in thing["elements"] if one["options"]}
    for _ in range(3):
        draft = company.get(f"{path}/draft")
        fields = [
            field for group in draft["groups"] for field in group["fields"] if field["status"] == "ASK" and not field["value"]
        ]
        values = {field["name"]: own.get(field["name"]) or answers.form_answer(field, options) for field in fields}
        company.call("PATCH", f"{path}/draft", {"values": values, "revision": draft["revision"]})
    for material in company.get(f"{path}/draft")["materials"]:
        if material["status"] == "TO_UPLOAD":
            company.upload(f"{path}/materials/{material['code']}", "图.png", newborn.one_pixel_png())
        if material["status"] == "TO_COMMIT":
            company.call("PUT", f"{path}/letters/{material['letter']}", {"agreed": True}, 204)
    complete: dict[str, Any] = company.get(f"{path}/draft")
    return complete


@pytest.mark.parametrize("name", VARIANTS)
def test_a_company_opens_its_restaurant_with_one_submission(town: Town, enter: Enter, now: Now, name: str) -> None:
    company = as_company(enter)
    draft = complete_draft(company, name, now)
    assert draft["ready"], (draft["problems"], [one["problem"] for one in draft["materials"]])
    path = f"/applications/{draft['id']}"
    company.post(f"{path}/submit", {"declaration": True, "revision": draft["revision"]}, Idempotency_Key=key())
    newborn.deliver_events()
    while ready := Case.objects.filter(application_id=draft["id"], state="RECEIVED").first():
        desk = enter(newborn.officer_of(town, ready).name.removesuffix(" 办事员"))
        results = newborn.results_for(ready, now.at)
        desk.post("/workbench/cases/approve", {"case_ids": [str(ready.id)], "results": results}, 204)
    progress = company.get(f"{path}/progress")
    assert progress["overall"] == "COMPLETED"
    assert [station["item_code"] for station in progress["stations"]] == restaurant.example(name)["expect"]["items"]
    assert all(station["certificate_ids"] for station in progress["stations"])
    assert sum(work(enter(f"{kind}-officer"), now) for kind in DESKS) == 0


def test_a_paper_that_was_to_follow_is_handed_in_later(enter: Enter, now: Now) -> None:
    company = as_company(enter)
    draft = complete_draft(company, "small-noodle-shop", now)
    path, code = f"/applications/{draft['id']}", "staff-health-certificates"
    supply = f"{path}/deferred/{code}"
    company.upload(supply, "健康证.png", newborn.one_pixel_png(), 409)
    company.post(f"{path}/submit", {"declaration": True, "revision": draft["revision"]}, Idempotency_Key=key())
    newborn.deliver_events()
    asked = company.get(f"{path}/progress")
    assert [(one["code"], one["uploaded"]) for one in asked["deferred"]] == [(code, False)]
    assert asked["deferred"][0]["due_on"] > clock.today(now.at).isoformat()
    assert asked["deferred"][0]["name"]["zh"] in asked["next_step"]["zh"]
    now.at += timedelta(hours=1)
    enter("wangfang").upload(supply, "健康证.png", newborn.one_pixel_png(), 404)
    company.upload(f"{path}/deferred/premises-proof", "图.png", newborn.one_pixel_png(), 409)
    company.upload(supply, "健康证.png", newborn.one_pixel_png())
    done = company.get(f"{path}/progress")
    assert [(one["uploaded"], one["files"][0]["name"]) for one in done["deferred"]] == [(True, "健康证.png")]
    assert done["next_step"] != asked["next_step"]


def test_without_the_company_or_with_an_ended_mandate_nothing_starts(town: Town, enter: Enter) -> None:
    alone = enter("chenming")
    body = {"thing": "restaurant", "answers": {}}
    assert alone.post("/applications", body, 403)["type"].endswith("enterprise-needed")
    other = enter("zhaojianguo", acting_for=str(town.spouse_mandate_id))
    assert other.post("/applications", body, 403)["detail"]


def test_a_shop_that_does_not_fit_learns_which_items_it_can_do_singly(enter: Enter, now: Now) -> None:
    company = as_company(enter)
    draft = complete_draft(company, "no-licence-no-flue", now)
    assert (draft["route"], draft["ready"]) == ("SINGLE", False)
    body = {"declaration": True, "revision": draft["revision"]}
    refused = company.post(f"/applications/{draft['id']}/submit", body, 422, Idempotency_Key=key())
    assert refused["type"].endswith("handled-singly")
    single = company.post("/applications", {"thing": f"item:{draft['items'][0]}", "answers": {}}, status=201)
    assert single["items"] == [draft["items"][0]]
