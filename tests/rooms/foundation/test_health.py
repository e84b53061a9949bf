"""The operator's pages tell the truth about database, outbox and workers."""

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from yijianshi.foundation import clock
from yijianshi.foundation.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_alive_needs_nothing() -> None:
    assert Client().get("/healthz").content == b"ok\n"


def test_ready_tells_of_a_missing_worker_and_of_a_present_one() -> None:
    first = Client().get("/readyz")
    assert (first.status_code, first.json()["status"], first.json()["checks"]["worker"]) == (200, "degraded", "none")
    Heartbeat.objects.create(name="here:1", started_at=clock.now(), seen_at=clock.now())
    second = Client().get("/readyz").json()
    assert second == {
        "status": "ready",
        "checks": {"database": "up", "migrations": "applied", "outbox": "on time", "worker": "alive"},
    }


def test_a_stuck_event_shows() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO foundation_outbox (handler, event, payload, attempts) VALUES ('h', 'e', '{}', 10)")
        cursor.execute(
            "INSERT INTO foundation_outbox (handler, event, payload, next_at) VALUES ('h', 'e', '{}', now() - interval '5 min')"
        )
    assert Client().get("/readyz").json()["checks"]["outbox"] == "stuck"
    figures = Client().get("/metrics").content.decode()
    assert "yijianshi_outbox_stuck 1.0" in figures
    assert "yijianshi_outbox_waiting 1.0" in figures
    assert "yijianshi_database_up 1.0" in figures


def test_requests_are_counted_by_route() -> None:
    Client().get("/healthz")
    assert 'yijianshi_requests_total{method="GET",route="healthz",status="200"}' in Client().get("/metrics").content.decode()


def test_figures_are_for_this_machine_or_the_token(settings: Settings) -> None:
    assert Client().get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 403
    settings.METRICS_TOKEN = "tell-me"
    assert Client().get("/metrics").status_code == 403
    assert Client().get("/metrics", headers={"authorization": "Bearer tell-me"}, REMOTE_ADDR="192.0.2.1").status_code == 200


def test_only_reading() -> None:
    assert Client().post("/readyz").status_code == 405
