"""Options of ``mqtt_queue``."""

from pydantic import Field

from yijianshi.exchange.connectors.registry import Options


class QueueOptions(Options):
    """Where the broker listens, who we are there, and how long an answer may take."""

    host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    port: int = Field(ge=1, le=65535)
    tls: bool = False
    username: str = Field(default="", max_length=100)
    password_file: str = Field(default="", max_length=500)
    timeout_seconds: float = Field(default=10, gt=0, le=120)
    every_seconds: float = Field(default=1, ge=0.1, le=3600)
