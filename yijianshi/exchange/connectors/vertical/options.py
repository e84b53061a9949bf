"""Options of ``vertical``."""

from datetime import time
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yijianshi.exchange.connectors.http_poll.options import PollOptions

Meaning = Literal[
    "case.accepted", "case.correction_requested", "case.not_accepted", "case.suspended", "case.resumed", "case.approved",
    "case.refused", "case.delivered", "case.withdrawn", "",
]  # fmt: skip


class Hours(BaseModel):
    """When it takes something, Beijing time; a system that takes a day's batch at night has an hour at night."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    opens: time
    closes: time
    days: frozenset[int] = frozenset({1, 2, 3, 4, 5})  # 1 Monday … 7 Sunday

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.opens >= self.closes or not self.days or not self.days <= set(range(1, 8)):
            raise ValueError("it opens before it closes, on days from 1 (Monday) to 7")
        return self


class VerticalOptions(PollOptions):
    """As for ``http_poll``; what its status codes mean to us (empty: a step of its own that tells nothing); what it bears."""

    states: dict[str, Meaning] = Field(min_length=1)
    hours: Hours | None = None
    per_minute: int | None = Field(default=None, ge=1, le=60_000)
