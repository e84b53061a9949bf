"""What comes round by itself in this room."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yijianshi.identity import commands


@app.periodic(cron="41 3 * * *")
@app.task(name="identity.forget_codes", queueing_lock="identity.forget_codes")
def forget_codes(timestamp: int) -> int:
    """Forget one-time codes that ended."""
    return commands.forget_codes(at=datetime.fromtimestamp(timestamp, tz=UTC))
