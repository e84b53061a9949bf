"""Who may enter a route: a value every route carries, so that a test can find the one that forgot."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from yijianshi.identity.logic.actor import Actor, Role


class EntryKind(StrEnum):
    """Which door a route has."""

    PUBLIC = "PUBLIC"  # everybody, logged in or not
    CITIZEN = "CITIZEN"  # a logged-in person, for themselves or for a principal
    STAFF = "STAFF"  # a staff member with one of the roles
    NEIGHBOUR = "NEIGHBOUR"  # another organisation's system, known by its signature
    DEMO = "DEMO"  # everybody, but only in a demonstration; elsewhere the route does not exist


@dataclass(frozen=True, slots=True)
class Entry:
    """The door of one route; an empty set of roles means any staff member."""

    kind: EntryKind
    roles: frozenset[Role] = frozenset()

    def admits(self, actor: Actor) -> bool:
        """Say whether *actor* may pass; whether a demonstration is on is not the actor's matter and is checked elsewhere."""
        if self.kind is EntryKind.CITIZEN:
            return actor.is_person
        if self.kind is EntryKind.STAFF:
            return actor.is_staff and (not self.roles or actor.has_role(*self.roles))
        return True


def entry_for(kind: EntryKind, roles: Collection[Role] = ()) -> Entry:
    """Return the door; raises ValueError for roles at a door that does not look at them."""
    if roles and kind is not EntryKind.STAFF:
        raise ValueError(f"roles are looked at only at the door {EntryKind.STAFF}, not at {kind}")
    return Entry(kind, frozenset(roles))
