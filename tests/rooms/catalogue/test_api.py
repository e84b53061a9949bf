"""The public API: lists, one thing, and a guide that keeps nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yijianshi.catalogue import commands
from yijianshi.identity.logic.actor import SYSTEM

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def program(content: Path, db: None) -> Iterator[Client]:
    """Return a program that calls on a Monday, with the stall published."""
    commands.publish(content, by=SYSTEM, at=MONDAY)
    with time_machine.travel(MONDAY, tick=False):
        yield Client(enforce_csrf_checks=True)


def guide(program: Client, answers: dict[str, Any], declined: list[str] | None = None, code: str = "stall") -> Any:
    body = {"answers": answers, "declined": declined or []}
    return program.post(f"/api/v1/things/{code}/guide", body, content_type="application/json")


def test_things_and_items_are_listed_without_logging_in(program: Client) -> None:
    things = program.get("/api/v1/things").json()
    assert [(thing["code"], thing["name"]["en"]) for thing in things] == [("stall", "Open a stall")]
    items = program.get("/api/v1/items").json()
    assert len(items) == 3


def test_one_thing_and_one_item_are_shown_whole(program: Client) -> None:
    thing = program.get("/api/v1/things/stall").json()
    assert [use["definition"]["code"] for use in thing["items"]] == ["permit-issue", "food-check", "sign-filing"]
    item = program.get("/api/v1/items/food-check").json()
    assert item["code"] == "item:food-check"


def test_what_is_not_published_is_a_calm_404(program: Client) -> None:
    for path in ("/api/v1/things/nothing", "/api/v1/items/nothing"):
        response = program.get(path)
        assert response.status_code == 404
        assert response["Content-Type"].startswith("application/problem+json")
    assert guide(program, {}, code="nothing").status_code == 404


def test_the_guide_asks_answers_and_ends(program: Client) -> None:
    first = guide(program, {}).json()
    assert first["question"]["fact"] == "stall.kind"
    assert first["plan"]["route"] == "OPEN"
    done = guide(program, {"stall.kind": "B", "stall.food": "true", "stall.sign": False}).json()
    assert done["question"] is None
    assert next(step["fact"] for step in done["asked"]) == "stall.kind"
    assert done["plan"]["route"] == "BUNDLE"
    assert done["plan"]["promise"]["working_days"] == 5
    assert {item["code"]: item["status"] for item in done["plan"]["items"]}["sign-filing"] == "EXCLUDED"


def test_answers_out_of_turn_are_kept_until_they_matter(program: Client) -> None:
    state = guide(program, {"stall.sign": True}).json()
    assert state["question"]["fact"] == "stall.kind"
    assert state["asked"] == []


def test_i_do_not_know_leaves_the_item_open(program: Client) -> None:
    state = guide(program, {"stall.kind": "A", "stall.sign": False}, ["stall.food"]).json()
    assert state["question"] is None
    assert {item["code"]: item["status"] for item in state["plan"]["items"]}["food-check"] == "OPEN"


@pytest.mark.parametrize(
    "body",
    [
        {"answers": {"stall.kind": "Z"}},
        {"answers": {"stall.colour": "red"}},
        {"answers": {"stall.kind": {"a": 1}}},
        {"answers": {"stall.area": "many"}},
        {"answer": {}},
        {"answers": {f"x.y{n}": 1 for n in range(500)}},
    ],
)
def test_answers_that_cannot_be_read_are_explained(program: Client, body: dict[str, Any]) -> None:
    response = program.post("/api/v1/things/stall/guide", body, content_type="application/json")
    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")


def test_a_guide_answer_costs_one_query(program: Client) -> None:
    guide(program, {})
    with CaptureQueriesContext(
        connection,
    ) as spent:
        guide(program, {"stall.kind": "A"})
    assert len([query for query in spent.captured_queries if "catalogue" in query["sql"]]) == 1
