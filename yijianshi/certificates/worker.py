"""The worker's thread that seals what a published rule covers."""

import threading

import structlog
from django.db import DatabaseError, connection

from yijianshi.certificates import commands
from yijianshi.foundation import clock
from yijianshi.kernel.errors import DomainError

_IDLE_SECONDS = 1.0
_PAUSE_SECONDS = 30.0  # after something that will not mend itself at once
_log = structlog.get_logger()


def run_sealing(stop: threading.Event) -> None:
    """Seal certificates as they are issued, until *stop* is set; survives restarts of the database."""
    while not stop.is_set():
        wait = _IDLE_SECONDS
        try:
            while not stop.is_set() and commands.seal_due(at=clock.now()):
                pass
        except DatabaseError as error:
            _log.warning("sealing.database_away", why=type(error).__name__)
            connection.close()
        except (DomainError, ValueError) as error:
            _log.error("sealing.failed", why=str(error))
            wait = _PAUSE_SECONDS
        stop.wait(wait)
    connection.close()
