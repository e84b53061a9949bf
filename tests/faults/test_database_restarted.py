"""PostgreSQL restarted under load: people get a calm 503 that says when to try again, then everything goes on, nothing lost."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yijianshi.config import postgres
from yijianshi.config.postgres_home import Home

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
ROOT = Path(__file__).resolve().parents[2]
APPLICATIONS = 20


@pytest.fixture
def address() -> Iterator[tuple[Home, str]]:
    """A durable server on its own folder: this is about what survives."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    home = Home(folder)
    handle = postgres.start(home)
    try:
        postgres.ensure_database(home)
        yield home, postgres.url(home)
    finally:
        handle.release()
        shutil.rmtree(folder)


def start(url: str, *words: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *words], env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def test_submissions_go_on_through_restarts(address: tuple[Home, str]) -> None:
    home, url = address
    start(url, "manage.py", "migrate", "-v0").communicate(timeout=60)
    counter = start(url, "-m", "tests.faults.busy_house", "counter", str(APPLICATIONS))
    assert counter.stdout is not None
    assert counter.stdout.readline() == "ready\n"
    worker = start(url, "-m", "tests.faults.busy_house", "worker")
    restarts = threading.Thread(target=_restart_often, args=(home, counter))
    restarts.start()
    try:
        told = [line.split() for line in counter.communicate(timeout=120)[0].splitlines()]
        restarts.join(60)
        assert counter.returncode == 0
        _check_answers([line[1:] for line in told if line[0] == "answer"])
        _check_all_split(url)
    finally:
        worker.terminate()
        worker.communicate(timeout=20)


def _restart_often(home: Home, counter: "subprocess.Popen[str]") -> None:
    for _ in range(3):  # the first at once: the counter asks so often that it meets every one
        if counter.poll() is None:
            postgres.restart(home)
        time.sleep(1.0)


def _check_answers(answers: list[list[str]]) -> None:
    statuses = Counter(status for status, *_ in answers)
    assert set(statuses) <= {"200", "503"}, statuses
    assert statuses["200"] == APPLICATIONS
    assert statuses["503"] >= 1
    assert {(kind, retry) for status, kind, retry in answers if status == "503"} == {("application/problem+json", "5")}


def _check_all_split(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        give_up = time.monotonic() + 40
        while admin.execute("SELECT count(*) FROM foundation_outbox WHERE event = 'applications.submitted'").fetchone() != (0,):
            assert time.monotonic() < give_up, "the worker did not come back"
            time.sleep(0.2)
        submitted = admin.execute(
            "SELECT count(*), count(DISTINCT number) FROM applications_application WHERE state = 'SUBMITTED'"
        )
        assert submitted.fetchone() == (APPLICATIONS, APPLICATIONS)
        cases = admin.execute("SELECT count(*) FROM cases_case GROUP BY application_id").fetchall()
        assert cases == [(10,)] * APPLICATIONS
        doubles = admin.execute(
            "SELECT subject_id FROM foundation_history WHERE action = 'submit' GROUP BY 1 HAVING count(*) > 1"
        )
        assert doubles.fetchall() == []
