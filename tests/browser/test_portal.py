"""The portal in a real browser: every page accessible in every display, without sideways scrolling; also without scripts."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import tour
from tests.browser.conftest import Open
from tests.town import newborn, restaurant
from tests.town.people import MONDAY, PASSWORD, Town
from yijianshi.cases import commands as cases
from yijianshi.cases.logic.corrections import CorrectionEntry

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST_PAGE = 150_000  # bytes

# Each width meets both languages, ordinary and large print, light and dark.
DISPLAYS = [
    (390, {}),
    (390, {"language": "en", "elder": True, "theme": "dark"}),
    (768, {"elder": True}),
    (768, {"language": "en", "theme": "dark"}),
    (1280, {"language": "en"}),
    (1280, {"elder": True, "theme": "dark"}),
]


def faults(page: Page, name: str, *, elder: bool = False) -> list[str]:
    """Return what is wrong with the open page; large print must have a contrast of 7 : 1."""
    options = {"runOnly": RULES, "rules": {"color-contrast-enhanced": {"enabled": elder}}}
    found: dict[str, Any] = Axe().run(page, options=options).response
    told = [f"{name}: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        told.append(f"{name}: scrolls sideways")
    return told


def application_with_everything(town: Town) -> str:
    """Return the address of an application with a result, a correction, a refusal and open items."""
    first = newborn.apply(town, MONDAY)
    newborn.approve(town, first, "birth-certificate-first-issue", MONDAY)
    newborn.deliver_events()
    police = newborn.case_of(first, "household-registration-birth")
    entries = (
        CorrectionEntry("field", "household.address", "地址请写到门牌号。"),
        CorrectionEntry("material", "marriage-certificate", "照片看不清，请重拍。"),
    )
    asked = cases.CorrectionRequest(case_id=police.id, entries=entries)
    cases.request_corrections([asked], by=newborn.officer_of(town, police), at=MONDAY)
    vaccine = newborn.case_of(first, "vaccination-record")
    refusal = cases.Refusal(case_id=vaccine.id, reason="孩子已在别处建档。", basis="预防接种工作规范")
    officer = newborn.officer_of(town, vaccine)
    cases.accept([vaccine.id], by=officer, at=MONDAY)
    cases.refuse([refusal], by=officer, at=MONDAY)
    return f"/applications/{first}/"


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("width", "display"), DISPLAYS)
def test_every_page_is_accessible(town: Town, open_page: Open, width: int, display: dict[str, Any]) -> None:
    address = application_with_everything(town)
    page = open_page(width, **display)
    wrong: list[str] = []
    for name in tour.visit_public(page):
        wrong += faults(page, name, elder="elder" in display)
    tour.log_in(page, "wangfang", PASSWORD)
    for name in tour.visit_citizen(page, most_forms=4):
        wrong += faults(page, name, elder="elder" in display)
    for name in tour.visit_submitted(page, address):
        wrong += faults(page, name, elder="elder" in display)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("width", "display"), DISPLAYS[:2] + DISPLAYS[4:5])
def test_the_pages_about_a_paper_to_follow_are_accessible(
    town: Town, open_page: Open, width: int, display: dict[str, Any]
) -> None:
    address = f"/applications/{restaurant.apply(town, MONDAY, 'small-noodle-shop')}/"
    page = open_page(width, **display)
    tour.log_in(page, "chenming", PASSWORD)
    tour.act_for_another(page)
    wrong: list[str] = []
    for name in tour.visit_deferred(page, address, "staff-health-certificates"):
        wrong += faults(page, name, elder="elder" in display)
    assert not wrong, "\n".join(wrong)


def test_the_guide_works_without_scripts(open_page: Open) -> None:
    page = open_page(390, script=False)
    page.goto("/things/newborn/guide/")
    tour.answer_guide(page, tour.ANSWERS)
    assert page.url.endswith("/things/newborn/summary/")
    page.click("main .actions .button.large >> nth=0")
    page.fill("#username", "wangfang")
    page.fill("#password", PASSWORD)
    page.click("main form .button.large")
    page.click("main form .button.large")
    page.locator("main .task a", has_text="孩子").first.click()
    page.fill("[name='child.name']", "李小宝")
    page.click("main form .actions .button.large")
    assert page.locator(".error-summary a").count(), "the page says what is still missing"
    assert page.input_value("[name='child.name']") == "李小宝"


def test_typing_is_saved_by_itself_and_goes_on_elsewhere(open_page: Open, town: Town) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    address = f"/applications/{draft}/form/child/"
    page = open_page(390)
    tour.log_in(page, "wangfang", PASSWORD)
    page.goto(address)
    page.fill("[name='child.name']", "李大宝")
    page.wait_for_selector("[data-saved-line][data-state=saved]")
    other = open_page(1280)
    tour.log_in(other, "wangfang", PASSWORD)
    other.goto(address)
    assert other.input_value("[name='child.name']") == "李大宝"


def test_typing_survives_a_lost_connection(open_page: Open, town: Town) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    page = open_page(390)
    tour.log_in(page, "wangfang", PASSWORD)
    page.goto(f"/applications/{draft}/form/child/")
    page.context.set_offline(True)
    page.fill("[name='child.name']", "李大宝")
    page.wait_for_selector("[data-saved-line][data-state=offline]")
    page.context.set_offline(False)
    page.wait_for_selector("[data-saved-line][data-state=saved]")


def test_a_double_click_submits_once(open_page: Open, town: Town) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    page = open_page(390)
    tour.log_in(page, "wangfang", PASSWORD)
    page.goto(f"/applications/{draft}/check/")
    page.check("#declaration")
    page.locator("main form .button.large").dblclick()
    page.wait_for_url("**/submitted/")
    page.goto("/applications/")
    assert page.locator("section[aria-labelledby=sent] a.name").count() == 1


def test_an_upload_appears_and_a_program_is_refused_in_plain_words(open_page: Open, town: Town) -> None:
    page = open_page(390)
    page.goto("/things/newborn/guide/")
    tour.answer_guide(page, tour.ANSWERS)
    tour.log_in(page, "wangfang", PASSWORD)
    page.goto("/things/newborn/start/")
    page.click("main form .button.large")
    page.goto(f"{page.url}materials/")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "身份证.png", "mimeType": "image/png", "buffer": newborn.one_pixel_png()}
    )
    page.locator("form.drop button").first.click()
    page.wait_for_selector(".file-list >> text=身份证.png")
    hidden = {"name": "结婚证.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + b"\0" * 400}
    page.locator("input[type=file]").last.set_input_files(hidden)
    page.locator("form.drop button").last.click()
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")


def test_the_keyboard_reaches_the_content_first(open_page: Open) -> None:
    page = open_page(1280)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_first_page_is_light(open_page: Open) -> None:
    page = open_page(390)
    bodies: list[int] = []
    page.on("response", lambda answer: bodies.append(len(answer.body())))
    page.goto("/", wait_until="networkidle")
    assert 0 < sum(bodies) <= FIRST_PAGE, sum(bodies)
