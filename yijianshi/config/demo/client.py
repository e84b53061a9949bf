"""A small HTTP client for the public API, as any integrator could write it."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any


class ApiRefused(Exception):
    """The API answered with a problem."""

    def __init__(self, method: str, path: str, status: int, detail: str) -> None:
        self.status = status
        super().__init__(f"{method} {path} → {status}: {detail}")


@dataclass
class Client:
    """One person's connection: base address and bearer token."""

    base_url: str
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def enter(cls, base_url: str, username: str) -> "Client":
        """Return a client logged in as one of the demonstration's people."""
        client = cls(base_url)
        token = client.post("/demo/login", {"username": username})["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    def get(self, path: str) -> Any:
        """Return the JSON answer to a GET, None when there is none."""
        return self.call("GET", path)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """Return the JSON answer to a POST."""
        return self.call("POST", path, body, headers)

    def patch(self, path: str, body: Any) -> Any:
        """Return the JSON answer to a PATCH."""
        return self.call("PATCH", path, body)

    def download(self, path: str) -> bytes:
        """Return the bytes at *path* of the site (not of the API)."""
        return self._open("GET", f"{self.base_url}{path}", None, {})

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """Send one request to ``/api/v1``; raises ApiRefused with the problem's words."""
        content = None if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        answer = self._open(method, f"{self.base_url}/api/v1{path}", content, named)
        return json.loads(answer) if answer else None

    def _open(self, method: str, url: str, content: bytes | None, headers: dict[str, str]) -> bytes:
        sent = {"Accept": "application/json", "Content-Type": "application/json", **self.headers, **headers}
        request = urllib.request.Request(url, data=content, headers=sent, method=method)  # noqa: S310  our own server
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                read: bytes = response.read()
                return read
        except urllib.error.HTTPError as error:
            raise ApiRefused(method, url, error.code, _detail(error.read())) from error


def _detail(content: bytes) -> str:
    try:
        problem = json.loads(content)
    except ValueError:
        return content[:300].decode(errors="replace")
    errors = "; ".join(f"{one.get('field')}: {one.get('detail')}" for one in problem.get("errors", []))
    return f"{problem.get('detail', problem)} {errors}".strip()
