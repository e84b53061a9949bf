"""From an account to the actor it stands for."""

from datetime import date, datetime
from uuid import UUID

from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import ANONYMOUS, Actor, ActorKind, Principal, PrincipalKind, Role
from yijianshi.identity.logic.mandates import MandateState, Term
from yijianshi.identity.models import Account, Enterprise, Mandate, Person
from yijianshi.kernel.errors import Forbidden


class ActingEnded(Forbidden):
    """您不能再代为办理：授权已经结束，或者不再有效。您现在是以自己的名义办事；如需继续代办，请对方重新授权。

    You can no longer act for them: the mandate has ended or is not in force. You are now acting for yourself; to go on,
    please ask them for a new mandate.
    """


def get_actor(account_id: UUID, mandate_id: UUID | None = None, *, at: datetime) -> Actor:
    """Return the actor behind an account, acting for the principal of *mandate_id* if given.

    An account that is unknown or switched off yields ANONYMOUS; raises ActingEnded when the mandate is not in force at *at*.
    """
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    return actor_of(account, mandate_id, at=at) if account else ANONYMOUS


def actor_of(account: Account, mandate_id: UUID | None = None, *, at: datetime) -> Actor:
    """Return the actor of an account already loaded with its owner; raises ActingEnded as :func:`get_actor`."""
    if account.staff is not None:
        return _staff_actor(account)
    person = account.person
    if person is None:
        return ANONYMOUS
    return Actor(
        kind=ActorKind.PERSON,
        account_id=account.pk,
        person_id=person.pk,
        region=person.region_code,
        roles=frozenset({Role.CITIZEN}),
        name=person.name,
        principal=_principal(mandate_id, person.pk, clock.today(at)) if mandate_id else None,
    )


def _staff_actor(account: Account) -> Actor:
    staff = account.staff
    assert staff is not None
    return Actor(
        kind=ActorKind.STAFF,
        account_id=account.pk,
        organisation_id=staff.organisation_id,
        region=staff.region_code,
        roles=frozenset(Role(role) for role in staff.roles),
        name=staff.name,
    )


def _principal(mandate_id: UUID, agent_id: UUID, on: date) -> Principal:
    """Return whom the mandate lets *agent_id* act for; somebody else's mandate is as good as none."""
    mandate = Mandate.objects.filter(pk=mandate_id, agent_person_id=agent_id).first()
    if mandate is None or not term_of(mandate).holds(on):
        raise ActingEnded
    kind = PrincipalKind(mandate.principal_kind)
    names = Person.objects if kind is PrincipalKind.PERSON else Enterprise.objects
    name = names.filter(pk=mandate.principal_id).values_list("name", flat=True).first()
    if name is None:
        raise ActingEnded
    return Principal(
        kind=kind,
        id=mandate.principal_id,
        name=name,
        mandate_id=mandate.pk,
        scope=frozenset(mandate.scope),
        may_submit=mandate.may_submit,
        may_use_certificates=mandate.may_use_certificates,
    )


def term_of(mandate: Mandate) -> Term:
    """Return when and for what a stored mandate holds."""
    return Term(MandateState(mandate.state), mandate.valid_from, mandate.valid_to, frozenset(mandate.scope))
