"""Whose cases somebody sees: those of their own desk, or, to watch, those of the desks they supervise."""

from uuid import UUID

from yijianshi.cases.logic.who import has_desk
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, Role


def is_watching(by: Actor, supervised: bool = False) -> bool:
    """Say whether *by* looks at the desks they supervise: when asked for, or for want of a desk of their own."""
    return by.is_staff and by.has_role(Role.SUPERVISOR) and (supervised or not has_desk(by))


def seen_by(by: Actor, supervised: bool = False) -> frozenset[UUID]:
    """Return the organisations whose cases *by* sees; none for citizens, authors and operators."""
    if is_watching(by, supervised):
        return identity.list_supervised(by)
    return frozenset({by.organisation_id}) if by.organisation_id and has_desk(by) else frozenset()
