"""Who is asking: a frozen value that every command and query takes as ``by``."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """What kind of somebody acts."""

    PERSON = "PERSON"
    STAFF = "STAFF"
    NEIGHBOUR = "NEIGHBOUR"  # a department's own system, for its organisation
    SYSTEM = "SYSTEM"
    ANONYMOUS = "ANONYMOUS"


class Role(StrEnum):
    """What somebody may do; a staff member may have several."""

    CITIZEN = "CITIZEN"
    CLERK = "CLERK"  # accepts, asks for corrections
    OFFICER = "OFFICER"  # decides
    HEAD = "HEAD"  # extends a time limit
    AUTHOR = "AUTHOR"  # writes and publishes content
    SUPERVISOR = "SUPERVISOR"  # watches time limits across departments, changes nothing
    OPERATOR = "OPERATOR"  # runs the machinery, sees no personal data
    SYSTEM = "SYSTEM"


class PrincipalKind(StrEnum):
    """Whom an agent may act for."""

    PERSON = "PERSON"
    ENTERPRISE = "ENTERPRISE"


@dataclass(frozen=True, slots=True)
class Principal:
    """The person or enterprise for whom somebody acts, and the mandate that allows it."""

    kind: PrincipalKind
    id: UUID
    name: str = field(repr=False)  # a name must not slip into a log through repr()
    mandate_id: UUID
    scope: frozenset[str] = frozenset({"*"})
    may_submit: bool = True
    may_use_certificates: bool = False

    def covers(self, code: str) -> bool:
        """Say whether the mandate reaches the thing or item *code*."""
        return "*" in self.scope or code in self.scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something, with all that permissions need and nothing more."""

    kind: ActorKind
    account_id: UUID | None = None
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    region: str = ""
    roles: frozenset[Role] = frozenset()
    name: str = field(default="", repr=False)
    principal: Principal | None = None

    @property
    def is_person(self) -> bool:
        """Say whether a citizen asks, for themselves or for a principal."""
        return self.kind is ActorKind.PERSON

    @property
    def is_staff(self) -> bool:
        """Say whether a staff member of an organisation asks."""
        return self.kind is ActorKind.STAFF

    @property
    def is_of_organisation(self) -> bool:
        """Say whether an organisation's staff member or its own system asks."""
        return self.kind in (ActorKind.STAFF, ActorKind.NEIGHBOUR)

    @property
    def is_system(self) -> bool:
        """Say whether the house itself acts (workers, set-up)."""
        return self.kind is ActorKind.SYSTEM

    @property
    def is_anonymous(self) -> bool:
        """Say whether nobody has logged in."""
        return self.kind is ActorKind.ANONYMOUS

    @property
    def key(self) -> str:
        """Return a stable short key, ``PERSON:<account id>``; ties idempotency keys and rate limits to one actor."""
        return f"{self.kind}:{self.account_id or '-'}"

    @property
    def subject_id(self) -> UUID | None:
        """Return whose matter this is: the principal's id when acting for somebody, else the person's own."""
        return self.principal.id if self.principal else self.person_id

    def has_role(self, *roles: Role) -> bool:
        """Say whether the actor has at least one of *roles*."""
        return not self.roles.isdisjoint(roles)

    def acting_for(self, principal: Principal | None) -> "Actor":
        """Return the same actor acting for *principal* (None: for themselves again)."""
        return replace(self, principal=principal)

    def to_record(self) -> dict[str, str | None]:
        """Return who acted, as history keeps it: ``{kind, id, name, organisation}``."""
        return {
            "kind": str(self.kind),
            "id": str(self.account_id or self.person_id) if self.account_id or self.person_id else None,
            "name": self.name,
            "organisation": str(self.organisation_id) if self.organisation_id else None,
        }


SYSTEM = Actor(kind=ActorKind.SYSTEM, roles=frozenset({Role.SYSTEM}), name="系统")
ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
