"""Signing in a real browser: the page accessible in every display, a name drawn with the pointer, also without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import tour
from tests.browser.conftest import Enter, Open
from tests.browser.test_portal import DISPLAYS, faults
from tests.town import newborn, signing
from tests.town.people import MONDAY, PASSWORD, Town
from yijianshi.applications import commands

pytestmark = pytest.mark.browser


def signing_page(town: Town, page: Page) -> str:
    """Return the address of a document that waits for 王芳, who is logged in."""
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    round_id = commands.open_signing(draft_id, by=town.wang_fang.actor, at=MONDAY)
    tour.log_in(page, "wangfang", PASSWORD)
    return f"/signing/{round_id}/"


def draw(page: Page) -> None:
    canvas = page.locator(".drawing-pad canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 20 + 15 * step, box["y"] + 20 + 12 * (step % 4))
    page.mouse.up()


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("width", "display"), DISPLAYS)
def test_the_pages_are_accessible(town: Town, open_page: Open, width: int, display: dict[str, Any]) -> None:
    page = open_page(width, **display)
    address = signing_page(town, page)
    wrong: list[str] = []
    page.goto(address)
    tour.open_all(page)
    wrong += faults(page, "signing", elder="elder" in display)
    page.locator("input[name=password]").fill("no")
    draw(page)
    page.locator("form[data-drawing] .actions .button").click()
    page.locator(".error-summary").wait_for()
    wrong += faults(page, "signing-problem", elder="elder" in display)
    signing.sign(address.strip("/").split("/")[1], town.wang_fang.actor, MONDAY)  # type: ignore[arg-type]
    page.goto(address)
    wrong += faults(page, "signing-done", elder="elder" in display)
    assert not wrong, "\n".join(wrong)


def test_a_name_drawn_with_the_pointer_signs(town: Town, open_page: Open) -> None:
    page = open_page(390)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(signing_page(town, page))
    page.locator("details.disclosure summary").click()
    draw(page)
    for _ in range(50):  # the picture is made a moment after the pen is lifted
        if page.locator("#drawing").evaluate("one => one.files.length"):
            break
        page.wait_for_timeout(100)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[data-drawing] .actions .button").click()
    page.locator("h1", has_text="都签好了").wait_for()
    assert "手写签名" in page.locator("main").inner_text()
    assert not told


def test_without_scripts_a_picture_is_chosen(town: Town, open_page: Open) -> None:
    page = open_page(1280, script=False)
    page.goto(signing_page(town, page))
    page.locator("details.disclosure summary").click()
    assert not page.locator(".drawing-pad").is_visible()
    picture = {"name": "name.png", "mimeType": "image/png", "buffer": newborn.one_pixel_png()}
    page.locator("#drawing").set_input_files(picture)  # type: ignore[arg-type]
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[data-drawing] .actions .button").click()
    assert "都签好了" in page.locator("h1").inner_text()


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_the_desk_for_certificates_is_accessible(town: Town, enter: Enter, language: str, theme: str) -> None:
    first = newborn.apply(town, MONDAY)
    newborn.approve(town, first, "birth-certificate-first-issue", MONDAY)
    page = enter("hospital-head", language=language, theme=theme)
    wrong: list[str] = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/workbench/certificates/")
        wrong += faults(page, f"certificates-{width}")
        page.locator("table a").first.click()
        tour.open_all(page)
        wrong += faults(page, f"certificate-{width}")
        page.goto("/workbench/certificates/?q=nothing")
        wrong += faults(page, f"certificates-empty-{width}")
    assert not wrong, "\n".join(wrong)
