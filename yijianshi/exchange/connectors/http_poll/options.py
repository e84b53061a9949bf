"""Options of ``http_poll``."""

from pydantic import Field

from yijianshi.exchange.connectors.http_push.options import HttpOptions


class PollOptions(HttpOptions):
    """As for ``http_push``, and how often we ask."""

    every_seconds: float = Field(default=5, ge=0.1, le=3600)
