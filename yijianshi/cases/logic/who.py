"""In which roles somebody stands to a case."""

from functools import cache
from uuid import UUID

from yijianshi.cases.logic.states import Who
from yijianshi.identity.logic.actor import Actor, Role

_ROLES = {Role.CLERK: Who.CLERK, Role.OFFICER: Who.OFFICER, Role.HEAD: Who.HEAD}


def has_desk(by: Actor) -> bool:
    """Say whether *by* handles cases at all: an author or an operator of the same organisation does not."""
    return by.is_staff and by.organisation_id is not None and by.has_role(*_ROLES)


def who_is_at(by: Actor, organisation_id: UUID) -> frozenset[Who]:
    """Return in which roles *by* stands to a case of that organisation; staff only within their own.

    Whether a citizen owns the application is asked before, where the application is locked.
    """
    if by.is_system:
        return frozenset(Who)
    if by.is_person:
        return frozenset({Who.APPLICANT})
    if by.organisation_id != organisation_id:
        return frozenset()
    return _as_staff(by.roles)


@cache
def _as_staff(roles: frozenset[Role]) -> frozenset[Who]:
    return frozenset(who for role, who in _ROLES.items() if role in roles)
