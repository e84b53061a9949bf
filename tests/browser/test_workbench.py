"""The workbench in a real browser: accessible in both languages, light and dark, on three widths; keys, batches, no script.

With YIJIANSHI_SHOTS=<folder> every page looked at is also kept as a picture.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.town import newborn
from tests.town.people import MONDAY, PASSWORD, Town, found_town
from yijianshi.cases import commands as cases
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.foundation import clock

pytestmark = pytest.mark.browser
WIDTHS = (390, 768, 1280)
FERTILITY, BIRTH, POLICE = "fertility-registration", "birth-certificate-first-issue", "household-registration-birth"
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with pytest.MonkeyPatch.context() as settings, sync_playwright() as player:
        settings.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver runs an event loop in this thread
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def town(chromium: Browser, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The town with the real content, at nine o'clock on a Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    found = found_town()
    newborn.publish(MONDAY)
    return found


@pytest.fixture
def enter(chromium: Browser, live_server: LiveServer, town: Town) -> Iterator[Enter]:
    """Return how to log in as somebody, in a language, a theme and a width."""
    opened: list[BrowserContext] = []

    def log_in(username: str, *, language: str = "zh", theme: str = "light", width: int = 1280, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        opened.append(context)
        names = {"language": language, "theme": theme}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in names.items()])
        page = context.new_page()
        page.goto("/login/?next=/workbench/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.locator("form:has([name=password]) button").click()
        page.wait_for_url("**/workbench/")
        return page

    yield log_in
    for context in opened:
        context.close()


def look(page: Page, name: str) -> None:
    """Refuse any violation of WCAG 2.2 AA and any sideways scrolling; keep a picture if asked to."""
    found: dict[str, Any] = (
        Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}).response
    )
    told = [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]]
    folder = os.environ.get("YIJIANSHI_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert not told, f"{name}: {told}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
        f"{name} scrolls sideways"
    )


def case_address(application_id: UUID, item: str) -> str:
    """Return the address of one case's page."""
    return f"/workbench/cases/{newborn.case_of(application_id, item).id}/"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "light"), ("zh", "dark")])
def test_every_page_is_accessible(town: Town, enter: Enter, language: str, theme: str, width: int) -> None:
    first, second = (newborn.apply(town, MONDAY) for _ in range(2))
    newborn.approve(town, first, BIRTH, MONDAY)
    health = newborn.officer_of(town, newborn.case_of(second, FERTILITY))
    entries = (CorrectionEntry("field", "mother.name", "请按身份证填写。"),)
    asked = cases.CorrectionRequest(case_id=newborn.case_of(second, FERTILITY).id, entries=entries)
    cases.request_corrections([asked], by=health, at=MONDAY)
    cases.accept([newborn.case_of(first, FERTILITY).id], by=health, at=MONDAY)
    mark = f"{language}-{theme}-{width}"
    page = enter("health-officer", language=language, theme=theme, width=width)
    look(page, f"worklist-{mark}")
    page.goto(case_address(second, FERTILITY))
    look(page, f"case-asked-{mark}")
    page.goto(case_address(first, FERTILITY))
    for folded in page.locator("details").all():
        folded.evaluate("one => one.open = true")
    look(page, f"case-accepted-{mark}")
    page.goto("/workbench/?search=nothing")
    look(page, f"worklist-empty-{mark}")
