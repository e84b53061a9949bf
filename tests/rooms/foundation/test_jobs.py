"""Jobs run, and one whose worker was killed is taken up again."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from yijianshi.foundation import jobs, tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs() -> None:
    with connection.cursor() as cursor:  # procrastinate's tables are not Django's to flush
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def statuses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs ORDER BY id")
        return [status for (status,) in cursor.fetchall()]


def run(coroutine_of_app: object) -> object:
    async def work() -> object:
        async with jobs.worker_app().open_async() as opened:
            return await coroutine_of_app(opened)  # type: ignore[operator]

    return asyncio.run(work())


def test_a_job_whose_worker_was_killed_is_done_after_all() -> None:
    tasks.tidy.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '31 s') RETURNING id")
        (dead,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])
    assert run(jobs.rescue) == 1
    assert statuses() == ["todo"]
    assert run(jobs.rescue) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    run(lambda opened: opened.run_worker_async(wait=False, install_signal_handlers=False))
    assert set(statuses()) == {"succeeded"}  # rescue itself may have come round too


def test_a_job_at_work_is_left_alone() -> None:
    tasks.tidy.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", cursor.fetchone())
    assert run(jobs.rescue) == 0
    assert statuses() == ["doing"]


def test_rescue_and_tidying_come_round_by_themselves() -> None:
    periodic = {key[0]: task.cron for key, task in app.periodic_registry.periodic_tasks.items()}
    assert periodic["foundation.rescue"] == "* * * * *"
    assert "foundation.tidy" in periodic
