"""Authoring in a real browser: accessible in both languages, light and dark, on a phone and a desk; the live check; no script.

With YIJIANSHI_SHOTS=<folder> every page looked at is also kept as a picture.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page

from tests.browser import tour
from tests.browser.conftest import Open
from tests.browser.test_workbench import look
from tests.town.people import JINSHUI, MONDAY, PASSWORD, Town, Townsperson, add_staff
from yijianshi.catalogue.commands import authoring
from yijianshi.catalogue.queries import authoring as reading
from yijianshi.identity.logic.actor import SYSTEM, Role
from yijianshi.insight.commands import seed_samples

pytestmark = pytest.mark.browser
PATH = "items/bank/small-deposit-withdrawal.yaml"
OLD, NEW = "promise: {working_days: 5", "promise: {working_days: 4"
LATER = MONDAY + timedelta(minutes=5)


def author(username: str) -> Townsperson:
    return add_staff(f"government-service-{JINSHUI}", username, frozenset({Role.AUTHOR}))


@pytest.fixture
def fang(town: Town) -> Townsperson:
    """The author whose window is open."""
    return author("fang")


@pytest.fixture
def proposal(fang: Townsperson) -> UUID:
    """A proposal of another author, waiting for review."""
    bai = author("bai").actor
    made = authoring.open_proposal("小额存款快一天", "银行反馈四天就够", by=bai, at=MONDAY)
    save(made, bai, OLD, NEW)
    authoring.submit(made, by=bai, at=LATER)
    return made


def save(made: UUID, by: object, old: str, new: str) -> None:
    file = reading.get_file(PATH, made, by=by)  # type: ignore[arg-type]
    assert file.text is not None
    assert old in file.text
    text, sha = file.text.replace(old, new), file.base_sha if not file.revision else None
    authoring.save_file(made, PATH, text, revision=file.revision, base_sha=sha, by=by, at=MONDAY)  # type: ignore[arg-type]


def open_as(open_page: Open, username: str, **options: object) -> Page:
    page = open_page(**options)
    tour.log_in(page, username, PASSWORD)
    page.wait_for_url("**/authoring/")
    return page


def walk(page: Page, proposal: UUID) -> Iterator[str]:
    """Open every page of authoring; the proposal waits for the reader's review."""
    base = f"/authoring/proposals/{proposal}/"
    for name, address in {
        "browse": "/authoring/",
        "browse-items": "/authoring/?kind=item",
        "browse-nothing": "/authoring/?q=zzzz",
        "file": f"/authoring/files/{PATH}",
        "thing": "/authoring/things/newborn/",
        "proposals": "/authoring/proposals/",
        "proposals-none": "/authoring/proposals/?show=published",
        "new": "/authoring/proposals/new/",
        "proposal": base,
        "preview": f"{base}preview/item:small-deposit-withdrawal/",
        "edit": f"{base}edit/{PATH}",
        "edit-limits": f"{base}edit/{PATH}?at=/limits",
        "edit-needs": f"{base}edit/{PATH}?at=/needs",
        "edit-need": f"{base}edit/{PATH}?at=/needs/0",
        "edit-thing": f"{base}edit/things/newborn/thing.yaml",
        "edit-text": f"{base}edit/{PATH}?view=text",
    }.items():
        page.goto(address)
        if name not in ("thing", "preview"):
            tour.open_all(page)
        yield name
    page.goto(f"{base}edit/{PATH}?at=/limits")
    page.fill("[name='/limits/promise/working_days']", "999")
    page.click("button[value=check]")
    yield "edit-checked"


def tried(page: Page, proposal: UUID) -> Iterator[str]:
    """Open every page on which a change is tried before it is published, and the tables of what is in use."""
    recorded = seed_samples("after-death", 12, 1, by=SYSTEM, at=MONDAY)
    base = f"/workbench/simulation/{recorded}/"
    for name, address in {
        "sets": "/workbench/simulation/",
        "replay-first": base,
        "replay": f"{base}?against=proposal:{proposal}",
        "forecast-first": f"{base}forecast/",
        "forecast": f"{base}forecast/?against=proposal:{proposal}&weeks=4&runs=3&run=1",
        "versions": "/workbench/versions/",
        "reductions": "/workbench/reductions/",
    }.items():
        page.goto(address)
        tour.open_all(page)
        yield name


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("language", "theme", "width"), [("zh", "light", 1280), ("en", "dark", 390)])
def test_trying_before_publishing_is_accessible(proposal: UUID, open_page: Open, language: str, theme: str, width: int) -> None:
    page = open_as(open_page, "fang", width=width, language=language, theme=theme)
    wrong = []
    for name in tried(page, proposal):
        try:
            look(page, f"trying-{name}-{language}-{theme}-{width}")
        except AssertionError as error:
            wrong.append(" ".join(str(error).split())[:600])
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("language", "theme", "width"), [("zh", "light", 1280), ("zh", "light", 390), ("en", "dark", 1280)])
def test_every_page_is_accessible(proposal: UUID, open_page: Open, language: str, theme: str, width: int) -> None:
    page = open_as(open_page, "fang", width=width, language=language, theme=theme)
    wrong = []
    for name in walk(page, proposal):
        try:
            look(page, f"authoring-{name}-{language}-{theme}-{width}")
        except AssertionError as error:
            wrong.append(str(error).splitlines()[0])
    assert not wrong, "\n".join(wrong)


def test_findings_appear_beside_the_field_while_typing(proposal: UUID, open_page: Open) -> None:
    page = open_as(open_page, "fang")
    page.goto(f"/authoring/proposals/{proposal}/edit/{PATH}?at=/limits")
    page.fill("[name='/limits/promise/working_days']", "999")
    page.wait_for_selector("[data-check='f-limits-promise'] .error", timeout=60_000)
    page.fill("[name='/limits/promise/working_days']", "4")
    page.wait_for_selector("[data-check='f-limits-promise'] .error", state="detached", timeout=60_000)
