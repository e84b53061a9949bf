"""What this room does when something happened in a room below."""

from datetime import datetime
from uuid import UUID

from yijianshi.applications.events import ApplicationSubmitted
from yijianshi.cases.commands.split import split
from yijianshi.foundation.events import handles
from yijianshi.identity.logic.actor import SYSTEM


@handles(ApplicationSubmitted)
def when_application_submitted_split_it(happened: list[ApplicationSubmitted], at: datetime) -> None:
    """Make the departments' cases."""
    split([UUID(one.application_id) for one in happened], by=SYSTEM, at=at)
