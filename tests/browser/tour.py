"""A walk through every page of the portal, as a visitor and as a citizen; tests and screenshots follow it."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page

# Answers that keep the newborn together in one application, with a few papers to upload.
ANSWERS: dict[str, str | list[str]] = {
    "applicant.relation": "MOTHER",
    "birth.place_kind": "HENAN_HOSPITAL",
    "birth_certificate.status": "NOT_YET",
    "parents.marital_status": "MARRIED",
    "parents.henan_household": "BOTH",
    "household.follows": "MOTHER",
    "household.kind": "FAMILY",
    "household.head_relation": "FATHER",
    "child.surname_follows": "FATHER",
    "choice.services": ["RESIDENT_INSURANCE", "SOCIAL_CARD", "ALLOWANCE"],
    "mother.insurance": "EMPLOYEE",
}
MOST_QUESTIONS = 30
See = Callable[[str], None]

PUBLIC = {
    "home": "/",
    "search": "/?q=%E5%87%BA%E7%94%9F",
    "search-nothing": "/?q=zzzz",
    "thing-newborn": "/things/newborn/",
    "thing-restaurant": "/things/restaurant/",
    "item": "/items/vaccination-record/",
    "login": "/login/",
    "display": "/settings/display/",
    "help": "/help/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "saves": "/things/restaurant/saves/",
    "matters": "/progress/",
    "matter": "/progress/KM-2024-1-03/",
    "matter-unnamed": "/progress/KM-2024-2-01/",
    "verify": "/verify/",
    "verify-unknown": "/verify/AAAA-BBBB-CCCC-DDDD/",
    "offline": "/offline/",
    "not-found": "/nowhere/",
}


def visit_public(page: Page) -> Iterator[str]:
    """Open every page that needs no login; yields its name while it is open."""
    for name, address in PUBLIC.items():
        page.goto(address)
        yield name
    page.goto("/things/newborn/guide/?again=1")
    yield "guide-first"
    answer_guide(page, ANSWERS, most=5)
    open_all(page)
    yield "guide-middle"
    answer_guide(page, ANSWERS)
    yield "summary"
    open_all(page)
    yield "summary-opened"
    change(page, "parents.marital_status", "UNMARRIED")
    yield "single"
    change(page, "parents.marital_status", "MARRIED")


def visit_citizen(page: Page, most_forms: int = 30) -> Iterator[str]:
    """Open the pages of somebody who has logged in after answering the guide; starts a draft."""
    page.goto("/things/newborn/start/")
    yield "start"
    page.click("main form .button.large")
    draft = page.url
    yield "tasks"
    tasks = page.eval_on_selector_all("main .task a", "links => links.map(link => link.getAttribute('href'))")
    forms = [address for address in tasks if "/form/" in address][:most_forms]
    for address in [*forms, f"{draft}materials/"]:
        page.goto(address)
        open_all(page)
        yield "draft-" + address.rstrip("/").rsplit("/", 1)[-1]
        if "/form/" in address:
            page.click("main form .actions .button.large")
            if page.locator(".error-summary").count():
                yield "draft-refused-" + address.rstrip("/").rsplit("/", 1)[-1]
    for fact in ("choice.services", "mother.insurance", "household.head_relation"):  # many, one, one that may be unknown
        page.goto(f"{draft}answers/{fact}/")
        open_all(page)
        yield f"draft-answer-{fact}"
    page.goto(f"{draft}check/")
    yield "check"
    page.goto(f"{draft}answers/parents.marital_status/")
    _answer(page, "UNMARRIED")
    page.click("main form .actions .button")
    page.goto(draft)
    open_all(page)
    yield "tasks-singly"
    page.locator(".notice ol a").first.click()
    page.click("main .actions .button.large")
    yield "single-carried"
    page.goto(f"{draft}answers/parents.marital_status/")
    _answer(page, "MARRIED")
    page.click("main form .actions .button")
    for name in ("applications", "certificates", "me", "notices", "me/notices", "me/data", "me/materials"):
        page.goto(f"/{name}/")
        open_all(page)
        yield name.replace("/", "-")


def visit_submitted(page: Page, address: str) -> Iterator[str]:
    """Open every page of a submitted application at *address*, and a certificate if there is one."""
    for name in ("", "corrections/", "withdraw/", "submitted/", "receipt/"):
        page.goto(f"{address}{name}")
        yield name.strip("/") or "track"
    page.goto(address)
    open_all(page)
    yield "track-opened"
    page.goto("/certificates/")
    if page.locator("a.certificate").count():
        page.locator("a.certificate").first.click()
        yield "certificate"
        page.goto(f"/verify/{page.locator('aside .number').inner_text()}/")
        yield "verified"


def visit_deferred(page: Page, address: str, paper: str) -> Iterator[str]:
    """Open the pages about a paper of a submitted application that is still to follow, and try a file that is refused."""
    page.goto("/applications/")
    yield "applications-owed"
    page.goto("/")
    yield "home-owed"
    page.goto(f"{address}#f-{paper}")
    yield "track-deferred"
    program = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(400)}
    page.set_input_files(f"#f-{paper}", program)
    page.locator(f"form:has(#f-{paper}) button").click()
    page.wait_for_selector(".error-summary")
    yield "track-deferred-refused"


def act_for_another(page: Page) -> None:
    """Act for the first principal this person may act for."""
    page.goto("/me/")
    page.locator("#acting [name=mandate]").nth(1).check()
    page.click("#acting form button")
    page.wait_for_load_state()


def answer_guide(page: Page, answers: dict[str, str | list[str]], most: int = MOST_QUESTIONS) -> None:
    """Answer the open guide; what *answers* does not name gets the first option or a recent date."""
    for _ in range(most):
        if "/guide/" not in page.url:
            return
        _answer(page, answers.get(page.get_attribute("main input[name=fact]", "value") or ""))
        page.click("main form .actions .button")


def change(page: Page, fact: str, answer: str) -> None:
    """Change one earlier answer, then answer whatever it brings up."""
    page.goto(f"/things/newborn/guide/?change={fact}")
    _answer(page, answer)
    page.click("main form .actions .button")
    answer_guide(page, ANSWERS)


def open_all(page: Page) -> None:
    """Open every disclosure, so that its content is looked at as well."""
    page.evaluate("document.querySelectorAll('main details').forEach(box => { box.open = true })")


def log_in(page: Page, username: str, password: str) -> None:
    """Log in through the page."""
    page.goto("/login/")
    page.fill("#username", username)
    page.fill("#password", password)
    page.locator("form:has(#password) button").click()
    page.wait_for_load_state()


def display(context: Any, base: str, *, language: str = "zh", elder: bool = False, theme: str = "light") -> None:
    """Set how pages are displayed, as the display page would."""
    chosen = {"language": language, "elder": "1" if elder else "0", "theme": theme}
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in chosen.items()])


def _answer(page: Page, wanted: str | list[str] | None) -> None:
    options = page.locator("main [name=answer]:is([type=radio], [type=checkbox])")
    if not options.count():
        page.fill(
            "#answer",
            wanted if isinstance(wanted, str) else page.evaluate("new Date(Date.now() - 6e8).toISOString().slice(0, 10)"),
        )
    elif wanted is None:
        options.first.check()
    else:
        for value in [wanted] if isinstance(wanted, str) else wanted:
            page.locator(f'main [name=answer][value="{value}"]').check()
