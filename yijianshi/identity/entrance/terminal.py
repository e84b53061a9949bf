"""What an operator at the terminal may do; whoever has a shell on the machine acts as the house itself."""

from uuid import UUID

from yijianshi.foundation import clock
from yijianshi.identity import commands
from yijianshi.identity.commands import NewStaff
from yijianshi.identity.logic.actor import SYSTEM


def register_staff(new: NewStaff) -> UUID:
    """Register a staff member now; raises the command's DomainErrors."""
    return commands.register_staff(new, by=SYSTEM, at=clock.now())
