"""What the days bring: run by the worker every few minutes, so that no deadline waits for a person."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yijianshi.applications import commands as applications
from yijianshi.cases import commands

_MOST_BATCHES = 50
_ACTS = (
    commands.deem_silent_cases_accepted,
    commands.return_unanswered_corrections,
    commands.end_notices,
    applications.delete_expired_drafts,
)


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.sweep", queueing_lock="cases.sweep")
def sweep(timestamp: int) -> None:
    """Accept what silence has accepted, return what was left uncorrected, end notices, delete drafts nobody came back to."""
    at = datetime.fromtimestamp(timestamp, tz=UTC)
    for act in _ACTS:
        for _ in range(_MOST_BATCHES):
            if not act(at=at):
                break
