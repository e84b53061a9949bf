"""重点事项清单: anybody sees by year and batch what runs here, what is to come, and what nobody could confirm."""

import re

import pytest
from django.test import Client

from tests.town.people import Town


def text_of(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_batch_is_there_with_its_counts(town: Town) -> None:
    text = text_of("/progress/")
    for words in (
        "2024 年第一批",
        "13 项：可以办 13。",
        "2024 年新一批",
        "8 项的名称都没有核实，所以空着。",
        "2025 年第一批",
        "12 项的名称都没有核实",
        "2025 年第二批",
        "9 项的名称都没有核实",
        "另有 7 项，名称没有核实，所以空着。",
        "国办函〔2026〕2号",
    ):
        assert words in text


def test_the_filter_keeps_one_life_cycle_and_nonsense_shows_all(town: Town) -> None:
    people, businesses = text_of("/progress/?life=PERSON"), text_of("/progress/?life=BUSINESS")
    assert "新生儿出生" in people
    assert "开办餐饮店" not in people
    assert "开办餐饮店" in businesses
    assert "新生儿出生" in text_of("/progress/?life=%3Cscript%3E")


def test_an_entry_leads_to_the_one_thing_that_runs_here(town: Town) -> None:
    page = Client().get("/progress/KM-2024-1-03/").content.decode()
    assert 'href="/things/restaurant/"' in page
    text = text_of("/progress/KM-2024-1-03/")
    assert "17 → 2" in text
    assert "减少 88.24%" in text
    assert "地方做法，不是全国规定" in text
    assert 'href="/progress/KM-2024-1-03/"' in Client().get("/things/restaurant/").content.decode()


def test_an_older_entry_leads_to_its_later_one(town: Town) -> None:
    page = Client().get("/progress/KM-2022-1-06/").content.decode()
    assert 'href="/progress/KM-2024-1-09/"' in page
    assert 'href="/things/newborn/"' in page


def test_what_is_unconfirmed_says_so(town: Town) -> None:
    assert "这一项的名称还没有核实" in text_of("/progress/KM-2024-2-01/")
    assert "牵头 没有核实" in text_of("/progress/KM-2024-1-07/")


@pytest.mark.parametrize("code", ["KM-1999-1-01", "x", "%27--"])
def test_an_unknown_entry_is_a_calm_404(town: Town, code: str) -> None:
    assert Client().get(f"/progress/{code}/").status_code == 404


def test_programs_read_the_same(town: Town) -> None:
    lists = {one["code"]: one for one in Client().get("/api/v1/lists").json()}
    assert [len(lists[code]["entries"]) for code in ("national-2024-1", "national-2024-2", "national-2026-1")] == [13, 8, 13]
    assert lists["national-2024-2"]["counts"] == {"running_here": 0, "to_come": 0, "unnamed": 8}
    entry = Client().get("/api/v1/lists/entries/KM-2024-1-09").json()
    assert entry["thing"] == "newborn"
    assert entry["lead"]["confidence"] == "L"
    assert Client().get("/api/v1/lists/entries/KM-0").status_code == 404
