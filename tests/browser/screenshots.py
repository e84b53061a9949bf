"""Pictures of every portal page of a running demonstration, on three widths, in both languages, large print and dark.

    make demo            (in one window; leave it up)
    make screenshots     (in another; the same as: python -m tests.browser.screenshots http://127.0.0.1:8000 var/screenshots)

Enters as the demonstration's mother; her newest submitted application is shown if she has one.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import tour

LIGHTS = {
    "zh": {},
    "en": {"language": "en"},
    "elder": {"elder": True},
    "dark": {"theme": "dark"},
}
WIDTHS = (390, 768, 1280)


def main() -> None:
    """Read the address and the folder, take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000", help="where the demonstration runs")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("var/screenshots"))
    parser.add_argument("--username", default="wangfang")
    chosen = parser.parse_args()
    if not _answers(chosen.address):
        parser.exit(1, f"{chosen.address} 没有应答。请先运行 make demo。\nNothing answers there. Please run make demo first.\n")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for light, options in LIGHTS.items():
            for width in WIDTHS:
                folder = chosen.folder / f"{light}-{width}"
                folder.mkdir(parents=True, exist_ok=True)
                take(browser, chosen.address, folder, width, options, chosen.username)
        browser.close()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=5):
            return True
    except OSError:
        return False


def take(browser: Browser, address: str, folder: Path, width: int, options: dict[str, object], username: str) -> None:
    """Take all pictures of one width and display."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    tour.display(context, address, **options)
    page = context.new_page()
    for number, name in enumerate(_walk(page, username)):
        page.screenshot(path=folder / f"{number:02d}-{name}.png", full_page=True)
    context.close()


def _walk(page: Page, username: str) -> Iterator[str]:
    yield from tour.visit_public(page)
    page.goto("/login/")
    page.locator(f'button[name=username][value="{username}"]').click()
    page.wait_for_load_state()
    yield from tour.visit_citizen(page)
    page.goto("/applications/")
    submitted = page.locator('section[aria-labelledby="sent"] a.name')
    if submitted.count():
        yield from tour.visit_submitted(page, submitted.first.get_attribute("href") or "")


if __name__ == "__main__":
    main()
