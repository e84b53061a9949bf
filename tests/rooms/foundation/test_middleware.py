"""Every answer carries the security headers and a number; bodies that are too large are refused unread."""

import io

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from yijianshi.foundation import addresses, middleware

pytestmark = pytest.mark.urls("tests.rooms.foundation.urls")


class Untouchable(io.RawIOBase):
    """A body that fails the test when somebody reads it."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> int:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("path", ["/ok/", "/fail/bug/", "/fail/invalid/", "/nowhere", "/api/v1/fail/bug", "/static/none.css"])
def test_headers_are_on_every_answer(path: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert response["Content-Security-Policy"] == middleware.CSP
    assert "unsafe" not in middleware.CSP
    for name, value in middleware.HEADERS.items():
        assert response[name] == value
    assert len(response["X-Request-ID"]) == 36


@pytest.mark.parametrize(
    ("declared", "length", "status"),
    [
        ("application/json", 3 * 1024**3, 413),
        ("application/json", 1_048_577, 413),
        ("multipart/form-data; boundary=x", 3 * 1024**3, 413),
        ("application/json", "many", 400),
    ],
)
def test_a_huge_body_is_refused_by_its_declared_length(declared: str, length: object, status: int) -> None:
    response = Client().generic(
        "POST", "/api/v1/take", b"", content_type=declared, **{"CONTENT_LENGTH": str(length), "wsgi.input": Untouchable()}
    )
    assert response.status_code == status
    assert response["Connection"] == "close"
    assert response["Content-Security-Policy"] == middleware.CSP
    assert response.json()["status"] == status


def test_a_body_of_unknown_length_is_refused() -> None:
    response = Client().post("/api/v1/take", headers={"transfer-encoding": "chunked"})
    assert (response.status_code, response.json()["type"]) == (411, "urn:yijianshi:problem:length-required")


def test_a_proxys_number_is_taken_only_from_our_own_proxy(settings: Settings) -> None:
    given = {"x-request-id": "abcdefgh-1234"}
    assert Client().get("/ok/", headers=given)["X-Request-ID"] != "abcdefgh-1234"
    settings.TRUSTED_PROXIES = 1
    assert Client().get("/ok/", headers=given)["X-Request-ID"] == "abcdefgh-1234"
    assert Client().get("/ok/", headers={"x-request-id": "a b\n<script>"})["X-Request-ID"] != "a b\n<script>"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.2.3.4", "127.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (1, "", "127.0.0.1"),
        (1, "x", ""),
    ],
)
def test_client_address_believes_only_our_proxies(settings: Settings, proxies: int, forwarded: str, expected: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    assert addresses.client_address(request) == expected
