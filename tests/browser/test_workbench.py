"""The workbench in a real browser: accessible in both languages, light and dark, on three widths; keys, batches, no script.

With YIJIANSHI_SHOTS=<folder> every page looked at is also kept as a picture.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Enter
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands as cases
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.cases.models import Case

pytestmark = pytest.mark.browser
WIDTHS = (390, 768, 1280)
FERTILITY, GUIDANCE, BIRTH = "fertility-registration", "parenting-guidance", "birth-certificate-first-issue"


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


@dataclass(frozen=True)
class Desk:
    """Cases of the health commission in different states."""

    received: str
    accepted: str
    asked: str


def address(case: Case) -> str:
    """Return the address of one case's page."""
    return f"/workbench/cases/{case.id}/"


@pytest.fixture
def desk(town: Town) -> Desk:
    """Two applications: one registration accepted, one waiting for the applicant, two more cases just received."""
    first, second = (newborn.apply(town, MONDAY) for _ in range(2))
    newborn.approve(town, first, BIRTH, MONDAY)
    accepted, asked = (newborn.case_of(each, FERTILITY) for each in (first, second))
    officer = newborn.officer_of(town, accepted)
    cases.accept([accepted.id], by=officer, at=MONDAY)
    entries = (CorrectionEntry("field", "mother.name", "请按身份证填写。"),)
    cases.request_corrections([cases.CorrectionRequest(case_id=asked.id, entries=entries)], by=officer, at=MONDAY)
    return Desk(address(newborn.case_of(first, GUIDANCE)), address(accepted), address(asked))


def worklist(page: Page, desk: Desk) -> Iterator[str]:
    page.goto("/workbench/")
    yield "worklist"
    page.locator("[data-row] .row-check").first.check()
    yield "worklist-selected"
    page.locator("[data-action=approve]").click()
    page.wait_for_selector(".batch-review")
    yield "batch-review"
    page.goto("/workbench/?search=nothing")
    yield "worklist-empty"


def one_case(page: Page, desk: Desk) -> Iterator[str]:
    page.goto(desk.asked)
    yield "case-asked"
    page.goto(desk.accepted)
    for folded in page.locator("details").all():
        folded.evaluate("one => one.open = true")
    yield "case-accepted"
    page.goto(desk.received)
    yield "case-received"
    page.goto(f"{desk.received}request_correction/")
    page.locator("[name=pick]").first.check()
    yield "builder"
    page.locator(".builder .button").click()
    yield "builder-problem"


def decisions(page: Page, desk: Desk) -> Iterator[str]:
    page.goto(desk.accepted)
    page.locator("[name='fertility.registration_number']").fill("豫410105-2026-0001")
    page.locator(".usual .button").click()
    yield "review-approve"
    page.goto(desk.accepted)
    page.locator("summary").filter(has_text="…").last.click()
    page.locator("form[action$='/refuse/'] .button").click()
    yield "refuse-problem"
    page.locator("[name=reason]").fill("申请人和配偶的信息与婚姻登记不一致，核对后仍不能确认。")
    page.locator("form[action$='/refuse/'] .button").click()
    yield "review-refuse"
    page.goto(desk.received)
    page.locator("form[action$='/accept/'] [name=seen]").evaluate("one => one.value = 'RECEIVED.0'")
    page.locator("form[action$='/accept/'] .button").click()
    yield "conflict"


@pytest.mark.timeout(400)
@pytest.mark.parametrize("walk", [worklist, one_case, decisions])
@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "light"), ("zh", "dark")])
def test_every_page_is_accessible(
    desk: Desk, enter: Enter, language: str, theme: str, walk: Callable[[Page, Desk], Iterator[str]]
) -> None:
    page = enter("health-officer", language=language, theme=theme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name in walk(page, desk):
            look(page, f"{name}-{language}-{theme}-{width}")


def test_a_clerk_works_from_the_keyboard(desk: Desk, enter: Enter) -> None:
    page = enter("health-officer")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("[data-row].current").count() == 1
    opened = page.locator("[data-row].current [data-open]").get_attribute("href")
    page.keyboard.press("x")
    assert page.locator("[data-bar]").is_visible()
    page.keyboard.press("x")
    assert page.locator("[data-bar]").is_hidden()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("jx")  # letters typed are letters
    assert page.locator("#search").input_value() == "jx"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.locator("[data-row].current").count() == 0  # switched off, and it stays off
    page.locator(f"[data-open][href='{opened}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbench/cases/**")


def test_a_batch_runs_without_loading_a_page(desk: Desk, enter: Enter) -> None:
    page = enter("health-officer")
    page.evaluate("window.samePage = true")
    page.locator(".tabs a").nth(1).click()
    page.locator(".tabs a[aria-current]", has_text="待受理").wait_for()
    assert page.url.endswith("?state=RECEIVED")
    page.locator("[data-check-all]").check()
    assert "已选 2 件" in page.locator("[data-bar]").inner_text()
    page.locator("[data-action=accept]").click()
    page.wait_for_selector(".told")
    assert "2 件已受理" in page.locator(".told").inner_text()
    assert page.url.endswith("?state=RECEIVED")
    assert page.evaluate("window.samePage")
    page.go_back()
    page.locator(".tabs a[aria-current]", has_text="全部待办").wait_for()


def test_the_enter_key_in_a_result_approves_nothing(desk: Desk, enter: Enter) -> None:
    page = enter("health-officer")
    page.locator("[data-row] .row-check").first.check()
    page.locator("[data-action=approve]").click()
    field = page.locator(".batch-fields .input").first
    field.fill("豫410105-2026-0001")
    field.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator(".batch-review").is_visible()
    assert page.locator(".batch-fields .input").first.input_value() == "豫410105-2026-0001"
    assert Case.objects.filter(state="COMPLETED", item_code__in=(FERTILITY, GUIDANCE)).count() == 0


def test_everything_works_without_script(desk: Desk, enter: Enter) -> None:
    page = enter("health-officer", script=False)
    page.locator("[data-row] .row-check").nth(1).check()
    page.locator("[data-action=accept]").click()
    assert "1 件已受理" in page.locator(".told").inner_text()
    page.goto(desk.accepted)
    page.locator("[name='fertility.registration_number']").fill("豫410105-2026-0001")
    page.locator(".usual .button").click()
    page.locator("button[value=confirm]").click()
    assert "已准予" in page.locator(".told").inner_text()


def test_a_page_asks_for_nothing_the_policy_forbids(desk: Desk, enter: Enter) -> None:
    page = enter("health-officer")
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for where in ("/workbench/", desk.received, desk.accepted, f"{desk.received}request_correction/"):
        page.goto(where)
        page.wait_for_load_state("networkidle")
    assert not told
