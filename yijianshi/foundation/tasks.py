"""Work that comes round by itself: rescue, and forgetting what need not be kept."""

from typing import Any

from procrastinate import JobContext
from procrastinate.contrib.django import app

from yijianshi.foundation import clock, files, idempotency, jobs


@app.periodic(cron="* * * * *")
@app.task(name="foundation.rescue", queueing_lock="foundation.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> int:
    """Put jobs back whose worker was killed."""
    return await jobs.rescue(context.app)


@app.periodic(cron="17 3 * * *")
@app.task(name="foundation.tidy", queueing_lock="foundation.tidy")
def tidy(timestamp: int) -> dict[str, Any]:
    """Forget old idempotency keys, ended sessions and files nobody named."""
    from django.core.management import call_command

    call_command("clearsessions")
    return {"keys": idempotency.forget_old(clock.now()), "files": files.sweep(clock.now())}
