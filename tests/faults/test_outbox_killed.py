"""Whenever a worker is killed, every effect happens exactly once."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from tests.faults import bakery
from yijianshi.config import postgres
from yijianshi.config.postgres_home import Home
from yijianshi.foundation import events, outbox

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]


def start(how: str, url: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.faults.dying_worker", how]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.fixture
def url(postgres_server: Home) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(bakery.TABLES)
    yield postgres.url(postgres_server, str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bakery_sold, bakery_told")


def bake(count: int) -> None:
    with transaction.atomic():
        events.publish(*(bakery.Baked(number) for number in range(count)))


def effects(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT loaf FROM {table} ORDER BY loaf")
        return [loaf for (loaf,) in cursor.fetchall()]


def check_all_done_once(count: int) -> None:
    assert outbox.measure() == outbox.Backlog(0, 0, 0.0)
    assert effects("bakery_sold") == list(range(count))
    assert effects("bakery_told") == list(range(count))


def test_killed_between_any_two_steps(url: str) -> None:
    bake(5)  # two batches for one handler, two for the other
    worker = start("steps", url)
    out, _ = worker.communicate(timeout=100)
    assert worker.returncode == 0
    fates = out.split()
    # Four batches, each killed at six or more steps before its commit took hold; nobody lived while work was left.
    assert [fate for fate in fates if fate.endswith("-done")] == ["died-done"] * 4
    assert fates.count("died") >= 24
    assert "survived" not in fates
    check_all_done_once(5)


def test_four_workers_at_once_and_one_of_them_killed(url: str) -> None:
    bake(120)
    worker = start("crowd", url)
    out, _ = worker.communicate(timeout=100)
    assert (worker.returncode, out.strip()) == (0, "died 1")
    check_all_done_once(120)


def test_told_to_stop_it_ends_its_batch_and_leaves(url: str) -> None:
    worker = start("loop", url)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        bake(50)
        wait_until(lambda: not outbox.measure().waiting)
        check_all_done_once(50)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    finally:
        worker.kill()
        worker.communicate()


@pytest.fixture
def own_server() -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield Home(folder)
    shutil.rmtree(folder)


def test_database_restarted_under_load(own_server: Home) -> None:
    home = own_server
    handle = postgres.start(home)  # durable: this is about what survives
    try:
        postgres.ensure_database(home)
        address = postgres.url(home)
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], env={**os.environ, "DATABASE_URL": address}, cwd=ROOT, check=True
        )
        with psycopg.connect(address, autocommit=True) as admin:
            admin.execute(bakery.TABLES)
        rows = [row for number in range(300) for row in events.rows(bakery.Baked(number))]
        worker = start("loop", address)
        try:
            _feed_and_restart(home, address, rows)
        finally:
            worker.terminate()
            worker.communicate(timeout=20)
    finally:
        handle.release()


def _feed_and_restart(home: Home, address: str, rows: list[tuple[str, str, str]]) -> None:
    insert = "INSERT INTO foundation_outbox (handler, event, payload) VALUES (%s, %s, %s::jsonb)"
    for part in range(3):
        with psycopg.connect(address, autocommit=True) as admin:
            for row in rows[part * 100 : part * 100 + 100]:
                admin.execute(insert, row)
        postgres.restart(home)
    with psycopg.connect(address, autocommit=True) as admin:
        wait_until(lambda: admin.execute("SELECT count(*) FROM foundation_outbox").fetchone() == (0,))
        for table in ("bakery_sold", "bakery_told"):
            done = [loaf for (loaf,) in admin.execute(f"SELECT loaf FROM {table} ORDER BY loaf")]
            assert done == list(range(300))


def wait_until(condition: Callable[[], bool], seconds: float = 40) -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, "it never came about"
        time.sleep(0.05)
