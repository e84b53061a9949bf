"""Try again what was given up."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.exchange.notices.models import Delivery
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

_WHY = Text("这一步归运维人员", "this is for operators")


@transaction.atomic
def retry_given_up(delivery_ids: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Give these messages a fresh set of attempts, under the same ids, and return how many there were."""
    if not (by.is_system or by.has_role(Role.OPERATOR)):
        raise Forbidden(why=_WHY)
    given_up = Delivery.objects.filter(id__in=delivery_ids, state=Delivery.State.GIVEN_UP)
    return given_up.update(state=Delivery.State.WAITING, attempts=1, next_at=at, error="")
