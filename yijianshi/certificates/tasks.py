"""What comes round by itself in this room."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yijianshi.certificates import commands
from yijianshi.identity.logic.actor import SYSTEM


@app.periodic(cron="*/10 * * * *")
@app.task(name="certificates.forget_unseen", queueing_lock="certificates.forget_unseen")
def forget_unseen(timestamp: int) -> int:
    """Forget what showings held that nobody opened."""
    return commands.forget_unseen(at=datetime.fromtimestamp(timestamp, tz=UTC))


@app.periodic(cron="23 3 * * *")
@app.task(name="certificates.renew_authority", queueing_lock="certificates.renew_authority")
def renew_authority(timestamp: int) -> list[str]:
    """Change the keys of the root and of the maker of seals before they run out; return which."""
    return commands.renew_authority(by=SYSTEM, at=datetime.fromtimestamp(timestamp, tz=UTC))
