"""The worker's thread that keeps the log up with the history."""

import threading

import structlog
from django.db import DatabaseError, connection

from yijianshi.foundation import clock, signing
from yijianshi.foundation.transparency import sequencer

_IDLE_SECONDS = 1.0
_log = structlog.get_logger()


def run_log(stop: threading.Event) -> None:
    """Put what waits on the log and sign it, until *stop* is set; survives restarts of the database."""
    while not stop.is_set():
        try:
            while not stop.is_set() and sequencer.append():
                pass
            sequencer.sign(at=clock.now())
        except DatabaseError as error:
            _log.warning("log.database_away", why=type(error).__name__)
            connection.close()
        except signing.NoKey as error:
            _log.error("log.no_key", why=str(error))
        stop.wait(_IDLE_SECONDS)
    connection.close()
