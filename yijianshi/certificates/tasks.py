"""What comes round by itself in this room."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yijianshi.certificates import commands


@app.periodic(cron="*/10 * * * *")
@app.task(name="certificates.forget_unseen", queueing_lock="certificates.forget_unseen")
def forget_unseen(timestamp: int) -> int:
    """Forget what showings held that nobody opened."""
    return commands.forget_unseen(at=datetime.fromtimestamp(timestamp, tz=UTC))
