"""Give and end mandates."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.foundation import clock, events
from yijianshi.identity import sealed
from yijianshi.identity.commands import audit
from yijianshi.identity.commands.throttle import count_request
from yijianshi.identity.events import MandateEnded, MandateGiven
from yijianshi.identity.logic import throttle
from yijianshi.identity.logic.actor import Actor, PrincipalKind
from yijianshi.identity.logic.mandates import (
    BY_REGISTER_ONLY,
    LONGEST,
    MandateKind,
    MandateState,
    Wish,
    clean_scope,
    fits_principal,
)
from yijianshi.identity.models import Enterprise, Mandate, Person
from yijianshi.kernel.errors import Forbidden, Invalid, NotFound
from yijianshi.kernel.text import Text

_MANDATE = Text("这份授权", "This mandate")


class NotYoursToGive(Forbidden):
    """您不能给出这样的授权：只有本人、企业的法定代表人可以授权；监护和法定代表关系以登记为准，不能自行填写。

    You cannot give this mandate. Only the person, or the legal representative of the enterprise, can; guardianship and legal
    representation follow from the official registers.
    """


class AgentNotFound(NotFound):
    """没有找到姓名和身份证号码都相符的人。请和对方核对；对方需要先在本平台实名登录一次。

    Nobody with this name and this ID number was found. Please check both with them; they need to have logged in here once.
    """


class MandateNotPossible(Invalid):
    """这份授权不能这样设置：{why}。请修改后再试。

    The mandate cannot be set like this: {why}. Please change it and try again.
    """


@dataclass(frozen=True, slots=True)
class Appointment:
    """Whom somebody wants to appoint, as typed into a form: the agent by name and ID number, both must fit."""

    agent_name: str = field(repr=False)
    agent_id_number: str = field(repr=False)
    kind: MandateKind = MandateKind.AGENT
    scope: tuple[str, ...] = ("*",)
    may_submit: bool = True
    may_use_certificates: bool = False
    valid_to: date | None = None


def appoint_agent(appointment: Appointment, *, by: Actor, at: datetime) -> UUID:
    """Give a mandate to the person with this name and ID number, for oneself or the enterprise one represents.

    Raises AgentNotFound alike for a wrong name and a wrong number, and TooManyRequests for somebody who keeps guessing.
    """
    count_request("appoint", by.key, at, throttle.LOOK_UP)
    index = sealed.index_id_number(appointment.agent_id_number)
    agent = Person.objects.filter(id_number_index=index, name=appointment.agent_name.strip()).first()
    if agent is None:
        raise AgentNotFound(field="agent_id_number")
    acting = by.principal
    represents = acting is not None and acting.kind is PrincipalKind.ENTERPRISE
    principal_id = acting.id if acting and represents else by.person_id
    if principal_id is None:
        raise NotYoursToGive
    wish = Wish(
        kind=appointment.kind,
        principal_kind=PrincipalKind.ENTERPRISE if represents else PrincipalKind.PERSON,
        principal_id=principal_id,
        agent_person_id=agent.pk,
        scope=appointment.scope,
        may_submit=appointment.may_submit,
        may_use_certificates=appointment.may_use_certificates,
        valid_to=appointment.valid_to,
    )
    return grant_mandate(wish, by=by, at=at)


@transaction.atomic
def grant_mandate(wish: Wish, *, by: Actor, at: datetime) -> UUID:
    """Give a mandate and return its id; raises NotYoursToGive, MandateNotPossible."""
    if not _may_give(wish, by):
        raise NotYoursToGive
    return add_mandate(wish, by, at)


def add_mandate(wish: Wish, by: Actor, at: datetime) -> UUID:
    """Write a mandate whose giving has been permitted; raises MandateNotPossible for a term or scope that makes no sense."""
    today = clock.today(at)
    start = wish.valid_from or today
    scope = clean_scope(wish.scope)
    _check(wish, start, scope, today, by)
    row = Mandate.objects.create(
        kind=wish.kind,
        principal_kind=wish.principal_kind,
        principal_id=wish.principal_id,
        agent_person_id=wish.agent_person_id,
        scope=list(scope),
        may_submit=wish.may_submit,
        may_use_certificates=wish.may_use_certificates,
        valid_from=start,
        valid_to=wish.valid_to,
        evidence=wish.evidence,
        granted_at=at,
    )
    audit.record([audit.entry("mandate", row.pk, "grant", by, at)])
    if not by.is_system:  # what a register says, both sides know
        events.publish(MandateGiven(str(row.pk)))
    return row.pk


@transaction.atomic
def revoke_mandate(mandate_id: UUID, *, by: Actor, at: datetime) -> None:
    """End a mandate at once; the principal, the agent, or the house itself may. Ending it twice is no error."""
    row = _lock_mandate(mandate_id)
    if row is None or not _may_end(row, by):
        raise NotFound(what=_MANDATE)
    if row.state == MandateState.REVOKED:
        return
    row.state, row.revoked_at = MandateState.REVOKED, at
    row.save(update_fields=["state", "revoked_at"])
    audit.record([audit.entry("mandate", row.pk, "revoke", by, at)])
    events.publish(MandateEnded(str(row.pk)))


def _lock_mandate(mandate_id: UUID) -> Mandate | None:
    return Mandate.objects.select_for_update().filter(pk=mandate_id).first()


def _may_give(wish: Wish, by: Actor) -> bool:
    if by.is_system:
        return True
    if wish.kind in BY_REGISTER_ONLY or by.person_id is None:
        return False
    if wish.principal_kind is PrincipalKind.PERSON:
        return wish.principal_id == by.person_id and by.principal is None  # an agent cannot hand the mandate on (民法典 art. 169)
    return _represents(wish.principal_id, by.person_id)


def _may_end(row: Mandate, by: Actor) -> bool:
    if by.is_system:
        return True
    if row.kind in BY_REGISTER_ONLY or by.person_id is None:
        return False
    return by.person_id in (row.agent_person_id, row.principal_id) or _represents(row.principal_id, by.person_id)


def _represents(enterprise_id: UUID, person_id: UUID) -> bool:
    return Enterprise.objects.filter(pk=enterprise_id, legal_representative_id=person_id).exists()


def _check(wish: Wish, start: date, scope: tuple[str, ...], today: date, by: Actor) -> None:
    problems = {
        Text("授权人和被授权人是同一个人", "both sides are the same person"): wish.principal_id == wish.agent_person_id,
        Text("这种授权不适用于这样的授权人", "this kind does not fit the principal"): not fits_principal(
            wish.kind, wish.principal_kind
        ),
        Text("没有说明可以办哪些事", "it does not say for what"): not scope,
        Text("最后一天早于第一天或者今天", "its last day lies before its first day or today"): wish.valid_to is not None
        and wish.valid_to < max(start, today),
        Text("最长三年，请写明最后一天", "three years at most; please give the last day"): not by.is_system
        and (wish.valid_to is None or wish.valid_to - start > LONGEST),
    }
    for why, is_wrong in problems.items():
        if is_wrong:
            raise MandateNotPossible(why=why)
