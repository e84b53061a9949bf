"""The command line answers mistakes with words and a status, never with a traceback, and stops when told."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.conftest import ROOT
from yijianshi.config import postgres
from yijianshi.config.postgres_home import Home
from yijianshi.foundation.models import Heartbeat


def command(*words: str, **environment: str) -> "subprocess.Popen[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("YIJIANSHI_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "yijianshi", *words],
        env={**clean, "YIJIANSHI_MODE": "test", **environment},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # as a shell starts background programs
    )


def outcome(process: "subprocess.Popen[str]") -> tuple[int, str]:
    out, _ = process.communicate(timeout=60)
    return process.returncode, out


def test_a_taken_port() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        status, out = outcome(command("serve", "--port", str(port)))
    assert status == 2
    assert f"Port {port} is in use by" in out
    assert "Traceback" not in out


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("YIJIANSHI_MODE", "production", "Production needs YIJIANSHI_SECRET_KEY"),
        ("YIJIANSHI_MODE", "live", "must be one of demo, production, test"),
        ("YIJIANSHI_UPLOAD_MIB", "big", "YIJIANSHI_UPLOAD_MIB should be a whole number"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL should begin with postgresql://"),
        ("YIJIANSHI_VAR", "/proc/nowhere", "YIJIANSHI_VAR"),
    ],
)
def test_wrong_settings(setting: str, value: str, words: str) -> None:
    status, out = outcome(command("migrate", **{setting: value}))
    assert status == 2
    assert words in out
    assert "Traceback" not in out


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_stops_when_told(postgres_server: Home, how: signal.Signals) -> None:
    worker = command("worker", DATABASE_URL=postgres.url(postgres_server, str(connection.settings_dict["NAME"])))
    try:
        give_up = time.monotonic() + 40
        while not Heartbeat.objects.exists():
            assert worker.poll() is None
            assert time.monotonic() < give_up
            time.sleep(0.1)
        worker.send_signal(how)
        status, out = outcome(worker)
    finally:
        worker.kill()
    assert status == 0
    assert "worker.stopped" in out
    assert "interrupted" not in out
    assert not Heartbeat.objects.exists()


@pytest.fixture
def stuck(postgres_server: Home) -> tuple[int, dict[str, str]]:
    """An event that failed ten times, and the environment to reach its database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_outbox (handler, event, payload, attempts, error) "
            "VALUES ('bakery.weigh', 'bakery.baked', '{}', 10, 'ValueError: scales [broke]') RETURNING id"
        )
        row_id = cursor.fetchone()[0]
    return row_id, {"DATABASE_URL": postgres.url(postgres_server, str(connection.settings_dict["NAME"]))}


@pytest.mark.django_db(transaction=True)
def test_stuck_events_are_listed_with_their_cause_and_tried_again(stuck: tuple[int, dict[str, str]]) -> None:
    row_id, environment = stuck
    status, out = outcome(command("outbox", "list", **environment))
    assert status == 1
    for expected in (f"{row_id}  bakery.baked → bakery.weigh", "tried 10 times", "ValueError: scales [broke]", "stuck 1"):
        assert expected in out
    status, out = outcome(command("outbox", "retry", str(row_id), "999999", **environment))
    assert status == 1
    assert "999999 is not stuck, left alone" in out
    status, out = outcome(command("outbox", "list", **environment))
    assert (status, "waiting 1, stuck 0" in out) == (0, True)


@pytest.mark.django_db(transaction=True)
def test_retrying_names_what_to_retry(stuck: tuple[int, dict[str, str]]) -> None:
    row_id, environment = stuck
    assert outcome(command("outbox", "retry", **environment))[0] == 2
    assert outcome(command("outbox", "retry", str(row_id), "--all", **environment))[0] == 2
    status, out = outcome(command("outbox", "retry", "--all", **environment))
    assert (status, "the worker will try 1 again" in out) == (0, True)
