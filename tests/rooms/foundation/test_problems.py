"""Errors become RFC 9457 problems for programs and pages for people, and never leak."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.urls("tests.rooms.foundation.urls")
STATUS = {"invalid": 422, "many": 429, "missing": 404, "denied": 403, "down": 503, "bug": 500}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("how", "status"), STATUS.items())
def test_programs_get_problem_json(client: Client, how: str, status: int) -> None:
    response = client.get(f"/api/v1/fail/{how}", headers={"accept-language": "en-GB"})
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    body = response.json()
    assert body["status"] == status
    assert body["instance"] == f"/api/v1/fail/{how}"
    assert body["request_id"] == response["X-Request-ID"]
    assert set(body) - {"errors"} == {"type", "title", "status", "detail", "instance", "request_id"}
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize(("how", "status"), STATUS.items())
def test_people_get_a_page(client: Client, how: str, status: int) -> None:
    response = client.get(f"/fail/{how}/")
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert "<h1" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_words_follow_the_language(client: Client) -> None:
    chinese = client.get("/api/v1/fail/invalid").json()
    assert chinese["errors"] == [{"field": "child.name", "detail": "填写的内容需要修改：x。"}]
    english = client.get("/api/v1/fail/invalid", headers={"accept-language": "en"}).json()
    assert english["detail"] == "Something filled in needs to be changed: x."
    client.cookies["language"] = "zh"
    assert client.get("/api/v1/fail/invalid", headers={"accept-language": "en"}).json() | {"request_id": ""} == chinese | {
        "request_id": ""
    }


def test_try_again_times_are_told(client: Client) -> None:
    assert client.get("/api/v1/fail/many")["Retry-After"] == "30"
    assert client.get("/fail/down/")["Retry-After"] == "5"


def test_a_wrong_body_is_explained_without_repeating_it(client: Client) -> None:
    response = client.post("/api/v1/take", {"count": "王芳"}, content_type="application/json", headers={"accept-language": "en"})
    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": "body.count", "detail": "This is not in the expected form."}]
    assert "王芳" not in response.content.decode()
    assert client.post("/api/v1/take", "{", content_type="application/json").status_code == 400
    assert client.get("/api/v1/take").status_code == 405


def test_unknown_address(client: Client) -> None:
    assert client.get("/api/v1/nowhere").json()["type"] == "urn:yijianshi:problem:not-found"
    assert client.get("/nowhere").status_code == 404


def test_a_bug_is_still_loud_in_tests() -> None:
    with pytest.raises(KeyError):
        Client().get("/fail/bug/")


@pytest.mark.parametrize(("how", "status"), [("down", 503), ("bug", 500), ("invalid", 422)])
def test_errors_before_the_view_are_answered_alike(client: Client, settings: Settings, how: str, status: int) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:7], "tests.rooms.foundation.urls.failing_middleware"]
    response = client.get("/ok/", headers={"x-fail": how, "accept": "application/json"})
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert "secret" not in response.content.decode()
