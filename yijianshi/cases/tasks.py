"""What the days bring: run by the worker every few minutes, so that no deadline waits for a person."""

from datetime import UTC, datetime, timedelta

import structlog
from procrastinate.contrib.django import app

from yijianshi.applications import commands as applications
from yijianshi.cases import commands
from yijianshi.cases.queries.to_archive import list_unarchived
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import DomainError

_MOST_BATCHES = 50
_ARCHIVE_AFTER = timedelta(days=30)  # [D] time for what still comes in: receipts of delivery, papers to follow
_MOST_ARCHIVED = 500  # a night
_log = structlog.get_logger()
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


@app.periodic(cron="41 2 * * *")
@app.task(name="cases.archive", queueing_lock="cases.archive")
def put_away(timestamp: int) -> int:
    """Put away what ended a month ago; one that cannot be is told and tried again the next night."""
    at = datetime.fromtimestamp(timestamp, tz=UTC)
    done = 0
    for case_id in list_unarchived(at - _ARCHIVE_AFTER, _MOST_ARCHIVED):
        try:
            done += commands.archive([case_id], by=SYSTEM, at=at)
        except DomainError as error:
            _log.warning("case.not_archived", case_id=str(case_id), why=str(error))
    return done
