"""A paper handed in once is seen at a counter and used again, by page and by API."""

import re
from uuid import UUID

import pytest

from tests.journeys.conftest import LogIn
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands
from yijianshi.cases.models import Case
from yijianshi.catalogue import queries as things

CODE = "marriage-certificate"
ANSWERS = {"applicant.relation": "MOTHER", "parents.marital_status": "MARRIED", "birth_certificate.status": "NOT_YET"}


@pytest.fixture
def earlier(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def draft(town: Town) -> UUID:
    return commands.start(thing_code="newborn", answers=ANSWERS, declined=(), by=town.wang_fang.actor, at=MONDAY)


def case_with_it(town: Town, application_id: UUID) -> Case:
    cases = Case.objects.filter(application_id=application_id).order_by("position")
    wanted = [
        one for one in cases if CODE in {use.material for use in things.get_version(one.version_id).item(one.item_code).materials}
    ]
    return wanted[0]


def test_seen_at_the_counter_and_used_again(town: Town, earlier: UUID, log_in: LogIn) -> None:
    case = case_with_it(town, earlier)
    kinds = {organisation: kind for kind, organisation in town.organisations.items()}
    desk = log_in(town.staff[kinds[case.organisation_id]].username)
    place = f"/workbench/cases/{case.id}/"
    assert "原件在我面前" in desk.get(place).content.decode()
    assert desk.post(f"{place}originals/{CODE}/").status_code == 302
    assert "已核对原件" in desk.get(place).content.decode()
    assert desk.post(f"{place}originals/nothing/").status_code == 404
    hers = log_in("wangfang")
    page = hers.get("/me/materials/").content.decode()
    assert "可以再用" in page
    assert "原件已由" in page
    file = re.findall(rf"/me/materials/{earlier}/{CODE}/[0-9a-f-]{{36}}/", page)[0]
    assert hers.get(file).content == newborn.one_pixel_png()
    assert log_in("zhaojianguo").get(file).status_code == 404
    draft_id = draft(town)
    shown = hers.get(f"/applications/{draft_id}/materials/").content.decode()
    assert "您交过这份材料" in shown
    refused = hers.post(f"/applications/{draft_id}/materials/{CODE}/", {"reuse": str(earlier)})
    assert refused.status_code == 422
    used = hers.post(f"/applications/{draft_id}/materials/{CODE}/", {"reuse": str(earlier), "agreed": "yes"})
    assert used.status_code == 302
    assert "照片.png" in hers.get(f"/applications/{draft_id}/materials/").content.decode()


def test_the_same_by_the_api(town: Town, earlier: UUID, log_in: LogIn) -> None:
    hers = log_in("wangfang")
    (one,) = [one for one in hers.get("/api/v1/materials").json() if one["code"] == CODE]
    assert (one["application_id"], one["is_fresh"], one["original_seen_at"]) == (str(earlier), True, None)
    place = f"/api/v1/applications/{draft(town)}/materials/{CODE}/reuse"
    no = hers.post(place, {"source": str(earlier), "agreed": False}, content_type="application/json")
    assert no.status_code == 422
    assert hers.post(place, {"source": str(earlier), "agreed": True}, content_type="application/json").status_code == 204
    assert log_in("zhaojianguo").get("/api/v1/materials").json() == []


def test_an_empty_store_says_why(town: Town, log_in: LogIn) -> None:
    assert "您还没有交过材料" in log_in("liqiang").get("/me/materials/").content.decode()
