"""A browser without a screen, for the pages of a running city."""

import re
from html import unescape
from typing import Any

import httpx


class Browser:
    """Somebody of the demonstration, logged in through the page."""

    def __init__(self, address: str, username: str) -> None:
        self._client = httpx.Client(base_url=address, follow_redirects=True, trust_env=False, timeout=30)
        self.post("/login/demo/", {"username": username})

    def __enter__(self) -> "Browser":
        """Stay."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave."""
        self._client.close()

    def get(self, path: str) -> str:
        """Return a page."""
        answer = self._client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return answer.text

    def post(self, path: str, values: dict[str, Any], status: int = 200) -> str:
        """Send a form as its page would, and return the page that follows."""
        self._client.get("/login/" if path.startswith("/login") else path)
        token = self._client.cookies.get("csrftoken") or ""
        answer = self._client.post(path, data={"csrfmiddlewaretoken": token, **values})
        if "CSRF" in answer.text and answer.status_code == 403:
            raise AssertionError(answer.text[:500])
        assert answer.status_code == status, (path, answer.status_code, answer.text[:1500])
        return answer.text

    @staticmethod
    def link_to(page: str, beginning: str) -> str:
        """Return the last link of a page that begins so."""
        found = re.findall(rf'href="({beginning}[^"?]+)"', page)
        assert found, page[:2000]
        return str(unescape(found[-1]))

    @staticmethod
    def values(page: str, name: str) -> list[str]:
        """Return the values of all boxes of that name."""
        return [unescape(one) for one in re.findall(rf'name="{name}" value="([^"]*)"', page)]
