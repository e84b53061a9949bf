"""A person's objection to one use of her data."""

from datetime import datetime
from uuid import UUID

from yijianshi.applications.queries.data_uses import must_be_about
from yijianshi.exchange import commands as exchange
from yijianshi.identity.logic.actor import Actor


def object_to_use(*, kind: str, use_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Keep the objection for the operators to answer; raises NotFound for anybody else's data, NothingSaid without a reason."""
    must_be_about(kind, use_id, by=by)
    exchange.object_to(kind, use_id, reason, by=by, at=at)
