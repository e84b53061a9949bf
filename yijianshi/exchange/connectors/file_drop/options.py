"""Options of ``file_drop``."""

from pydantic import Field

from yijianshi.exchange.connectors.registry import Options


class FileOptions(Options):
    """Where the folder is, how long the other side may take to answer a file, how often we look for theirs."""

    folder: str = Field(pattern=r"^/[^\x00]+$", max_length=500)
    answer_seconds: float = Field(default=30, ge=0.1, le=120)
    every_seconds: float = Field(default=5, ge=0.1, le=3600)
