"""What the days bring to applications."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yijianshi.applications.commands.ripen import ripen as ripen_some
from yijianshi.identity.logic.actor import SYSTEM


@app.periodic(cron="40 7 * * *")
@app.task(name="applications.ripen", queueing_lock="applications.ripen")
def ripen(timestamp: int) -> int:
    """Tell people what they can apply for since lately; returns how many rounds it took."""
    at = datetime.fromtimestamp(timestamp, tz=UTC)
    rounds, place = 1, ripen_some(by=SYSTEM, at=at)
    while place is not None:
        rounds, place = rounds + 1, ripen_some(by=SYSTEM, at=at, after=place)
    return rounds
