"""Options of ``http_push``."""

from pydantic import Field

from yijianshi.exchange.connectors.registry import Options


class HttpOptions(Options):
    """Where the neighbour listens, and how long an answer may take."""

    address: str = Field(pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$", max_length=300)
    timeout_seconds: float = Field(default=10, gt=0, le=120)
