"""Structured logs: one line of JSON an event (pretty in the demo), with ids to follow a story by, without personal data."""

import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from yijianshi.foundation import masking

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]
_QUIET = {
    "procrastinate": "WARNING",
    "granian": "WARNING",
    "psycopg": "WARNING",
    "django.request": "ERROR",
    "django.db.backends": "WARNING",
}


def configure(form: str, level: str) -> None:
    """Send everything, our own events and the libraries' log records alike, through masking to stderr."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.config.dictConfig(_stdlib(form, level))


@contextmanager
def about(**ids: Any) -> Iterator[None]:
    """Put ids (``application_id=…``, ``case_id=…``) on every line logged inside the block."""
    with structlog.contextvars.bound_contextvars(**{name: str(value) for name, value in ids.items()}):
        yield


def bind(**ids: Any) -> None:
    """Put ids on every line logged until the end of this request or job."""
    structlog.contextvars.bind_contextvars(**{name: str(value) for name, value in ids.items()})


def _stdlib(form: str, level: str) -> dict[str, Any]:
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "console":
        render = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*_SHARED, structlog.processors.format_exc_info],
        # Masking comes last, so that it also sees messages of libraries and the text of tracebacks.
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, masking.mask_event, render],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"house": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"level": quiet} for name, quiet in _QUIET.items()},
    }
