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
