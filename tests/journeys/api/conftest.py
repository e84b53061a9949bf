"""The public API as programs see it: tokens, JSON, and a clock that stands still until it is moved."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.town.people import MONDAY, PASSWORD, Town
from tests.town.standing import standing_town
from yijianshi.foundation import clock


@dataclass
class Now:
    """The moment all requests of a test see."""

    at: datetime = MONDAY

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        self.at += timedelta(days=days)


@dataclass
class Program:
    """Somebody's program, logged in with a token."""

    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def call(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """Send one request, insist on the status, and return the answer's JSON; problems must be RFC 9457."""
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        content = b"" if body is None else json.dumps(body).encode()
        response = self.client.generic(method, f"/api/v1{path}", content, content_type="application/json", headers=named)
        assert response.status_code == status, (response.status_code, response.content.decode()[:600])
        if status >= 400:
            assert response["Content-Type"].startswith("application/problem+json")
            assert {"type", "title", "status", "detail", "request_id"} <= set(response.json())
        return json.loads(response.content) if response.content else None

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        """Return the answer to a GET."""
        return self.call("GET", path, status=status, **headers)

    def post(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        """Return the answer to a POST."""
        return self.call("POST", path, body, status, **headers)

    def upload(self, path: str, name: str, content: bytes, status: int = 204) -> Any:
        """Send one file as a form does."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        one = SimpleUploadedFile(name, content, content_type="image/png")
        response = self.client.post(f"/api/v1{path}", {"uploads": [one]}, headers=self.headers)
        assert response.status_code == status, response.content.decode()[:600]
        return json.loads(response.content) if response.content else None


Enter = Callable[..., Program]


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town with the real content published, founded once for the module."""
    with standing_town(django_db_blocker) as town:
        yield town


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    """A clock that stands still until it is moved."""
    moment = Now()
    monkeypatch.setattr(clock, "now", lambda: moment.at)
    return moment


@pytest.fixture
def town(standing: Town, db: None, now: Now) -> Town:
    """The town as this test finds it."""
    return standing


@pytest.fixture
def enter(town: Town) -> Enter:
    """Log somebody in with name and password and return their program; *acting_for* is a mandate's id."""

    def log_in(username: str, acting_for: str = "") -> Program:
        program = Program()
        token = program.post("/login", {"username": username, "password": PASSWORD})["token"]
        program.headers = {"Authorization": f"Bearer {token}"} | ({"Acting-For": acting_for} if acting_for else {})
        return program

    return log_in


def key() -> str:
    """Return an idempotency key nobody has used."""
    return str(uuid4())
