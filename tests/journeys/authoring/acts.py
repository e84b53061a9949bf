"""What an author does in a browser."""

import html
import re
from uuid import UUID

from django.test import Client

WORDS = {"title": "小额存款快一天", "reason": "窗口反馈四天就够"}


def words(page: bytes) -> str:
    """Return the words of a page, without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode())))


def open_proposal(browser: Client, **more: str) -> UUID:
    """Open a proposal and return its id."""
    answer = browser.post("/authoring/proposals/new/", WORDS | more)
    assert answer.status_code == 302, words(answer.content)
    return UUID(re.findall(r"/proposals/([0-9a-f-]{36})/", answer["Location"])[0])


def fields(page: bytes) -> dict[str, list[str]]:
    """Return what the main form of a page would send, as a browser reads it."""
    form = re.findall(r"<form[^>]*data-live-check.*?</form>", page.decode(), re.DOTALL)[0]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (_attribute(tag, one) for one in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent.setdefault(name, []).append(value)
    for tag, content in re.findall(r"(<textarea[^>]*>)(.*?)</textarea>", form, re.DOTALL):
        sent[_attribute(tag, "name")] = [html.unescape(content).removeprefix("\n")]
    for tag, content in re.findall(r"(<select[^>]*>)(.*?)</select>", form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', content)
        sent[_attribute(tag, "name")] = [html.unescape(chosen[0]) if chosen else ""]
    return sent


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""
