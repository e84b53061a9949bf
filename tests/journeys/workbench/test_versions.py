"""Versions in use: who may look, who may move drafts, and that the applicant reads why."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.conftest import Now
from tests.rooms.applications.test_migrate import ABC, CARD
from tests.town import changed, newborn
from tests.town.people import JINSHUI, Town, add_staff
from yijianshi.applications import commands
from yijianshi.applications.models import Application
from yijianshi.identity.logic.actor import Role

MOVE = "/workbench/versions/newborn/move/"
SAID = {"version": "2", "reason_zh": "合作银行有变化。", "reason_en": "The partner banks have changed."}


def text_of(browser: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", browser.get(path).content.decode()))


def overseer(town: Town, log_in: LogIn, role: Role) -> Client:
    add_staff(f"government-service-{JINSHUI}", f"o-{role.lower()}", frozenset({role}))
    return log_in(f"o-{role.lower()}")


@pytest.fixture
def draft_id(town: Town, now: Now, tmp_path: Path) -> UUID:
    """王芳's draft on the first version; a second without her bank is in force."""
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, now.at)
    commands.save_draft(application_id=draft_id, values={"card.bank": "ABC"}, by=by, at=now.at)
    changed.publish(tmp_path, {CARD: ABC}, now.at)
    return draft_id


def test_an_author_moves_the_drafts_and_the_applicant_reads_why(town: Town, draft_id: UUID, log_in: LogIn) -> None:
    author = overseer(town, log_in, Role.AUTHOR)
    assert f'href="{MOVE}"' in author.get("/workbench/versions/").content.decode()
    page = text_of(author, MOVE)
    assert "把 1 份草稿迁到第 2 版" in page
    assert author.post(MOVE, SAID).status_code == 302
    assert "1 份草稿已经迁到第 2 版。其中 1 份有内容带不过去" in text_of(author, "/workbench/versions/")
    citizen = text_of(log_in(town.wang_fang.username), f"/applications/{draft_id}/")
    assert "规定变了，这份草稿已经按新的规定更新" in citizen
    assert "合作银行有变化。" in citizen
    assert "社保卡的银行" in citizen
    assert author.get(MOVE).status_code == 409
    assert author.post(MOVE, SAID).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"reason_zh": " "}, {"reason_en": ""}, {"version": "1"}, {"version": "x"}, {"reason_en": "x" * 301}]
)
def test_what_is_missing_is_said_and_nothing_moves(town: Town, draft_id: UUID, log_in: LogIn, wrong: dict[str, str]) -> None:
    before = Application.objects.get(id=draft_id).version_id
    answer = overseer(town, log_in, Role.AUTHOR).post(MOVE, {**SAID, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Application.objects.get(id=draft_id).version_id == before


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR])
def test_who_oversees_looks_and_does_not_move(town: Town, draft_id: UUID, log_in: LogIn, role: Role) -> None:
    browser = overseer(town, log_in, role)
    page = browser.get("/workbench/versions/").content.decode()
    assert "份草稿还在旧版本上" in page
    assert MOVE not in page
    assert browser.post(MOVE, SAID).status_code == 403


def test_a_clerk_has_no_such_page(town: Town, log_in: LogIn) -> None:
    assert overseer(town, log_in, Role.CLERK).get("/workbench/versions/").status_code == 403


def test_a_thing_that_is_not_published_is_a_calm_404(town: Town, log_in: LogIn) -> None:
    assert overseer(town, log_in, Role.AUTHOR).get("/workbench/versions/nothing/move/").status_code == 404
