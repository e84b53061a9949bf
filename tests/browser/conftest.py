"""One Chromium for all browser tests, the town they look at, and windows into it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import tour
from tests.town import newborn
from tests.town.people import MONDAY, PASSWORD, Town, found_town
from yijianshi.certificates import faces
from yijianshi.foundation import clock

Open = Callable[..., Page]
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a file."""
    with pytest.MonkeyPatch.context() as settings, sync_playwright() as player:
        settings.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver runs an event loop in this thread
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def town(chromium: Browser, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The town with the real content, at nine o'clock on a Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    faces.forget()  # the test before emptied the database
    found = found_town()
    newborn.publish(MONDAY)
    return found


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer, town: Town) -> Iterator[Open]:
    """Return how to open a browser window of a width and a display; clocks stand at the town's Monday."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 1280, *, script: bool = True, **display: Any) -> Page:
        size = {"width": width, "height": 900}
        context = chromium.new_context(base_url=live_server.url, viewport=size, java_script_enabled=script)
        context.clock.set_fixed_time(MONDAY)
        opened.append(context)
        tour.display(context, live_server.url, **display)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def enter(open_page: Open) -> Enter:
    """Return how to open a window and log in as somebody of the staff; options as for ``open_page``."""

    def log_in(username: str, **options: Any) -> Page:
        page = open_page(**options)
        tour.log_in(page, username, PASSWORD)
        page.wait_for_url("**/workbench/")
        return page

    return log_in
