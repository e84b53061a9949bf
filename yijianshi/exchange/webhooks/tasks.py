"""Work that comes round by itself."""

from procrastinate.contrib.django import app

from yijianshi.exchange.webhooks import commands
from yijianshi.foundation import clock


@app.periodic(cron="40 3 * * *")
@app.task(name="webhooks.forget_old", queueing_lock="webhooks.forget_old")
def forget_old(timestamp: int) -> int:
    """Drop events too old to be replayed; return how many."""
    return commands.forget_old(at=clock.now())
