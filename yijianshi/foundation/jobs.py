"""Background jobs: procrastinate wired to Django, with what it does not do itself: rescue jobs whose worker was killed."""

from datetime import timedelta

import structlog
from procrastinate import App
from procrastinate.contrib.django import app as current
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from yijianshi.foundation import clock

DEAD_AFTER_SECONDS = 30  # a worker that has not been heard of for so long is gone; workers report every 10 s
_log = structlog.get_logger()


def worker_app() -> App:
    """Return the app with a connector of its own, as a worker needs it."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    return current.with_connector(connector)


async def rescue(app: App) -> int:
    """Queue again every job whose worker died while doing it, and return how many; jobs are written so that twice is harmless."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS))
    for job in stalled:
        await app.job_manager.retry_job(job, retry_at=clock.now() + timedelta(seconds=1))
        _log.warning("job.rescued", job_id=job.id, task_name=job.task_name)
    return len(stalled)
