"""Register people, enterprises and staff, with their accounts.

Only the house itself registers: identities come from an authority (import, identity platform, set-up), never from a form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from yijianshi.foundation import clock
from yijianshi.identity import sealed
from yijianshi.identity.commands import audit
from yijianshi.identity.commands.mandates import add_mandate
from yijianshi.identity.commands.passwords import check_password_strength
from yijianshi.identity.logic.actor import Actor, PrincipalKind, Role
from yijianshi.identity.logic.mandates import MandateKind, Wish
from yijianshi.identity.models import Account, Enterprise, Organisation, Person, Staff
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid
from yijianshi.kernel.identifiers.id_number import parse_id_number
from yijianshi.kernel.identifiers.phone import parse_phone
from yijianshi.kernel.identifiers.uscc import parse_uscc
from yijianshi.kernel.text import Text

STAFF_ROLES = frozenset(Role) - {Role.CITIZEN, Role.SYSTEM}


class AlreadyRegistered(Conflict):
    """{what}已经登记过了，没有重复登记。请直接登录，或者核对号码后再试。

    {what} is registered already, so nothing was registered twice. Please log in, or check the number and try again.
    """


class UnknownOrganisation(Invalid):
    """部门目录里没有“{code}”。请先导入部门，或者核对代码。

    The directory has no organisation {code}. Please import it first, or check the code.
    """


class UnknownRoles(Invalid):
    """工作人员的岗位应是 {allowed} 中的一个或几个。请改正后再试。

    A staff member has one or several of the roles {allowed}. Please correct the roles and try again.
    """


@dataclass(frozen=True, slots=True)
class NewAccount:
    """How somebody will log in; a demonstration account exists in demo mode only."""

    username: str
    password: str = field(repr=False)
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to register; sex and birth date follow from the ID number."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    region_code: str
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    account: NewAccount | None = None


@dataclass(frozen=True, slots=True)
class NewEnterprise:
    """An enterprise to register; its legal representative may act for it from then on."""

    uscc: str
    name: str
    legal_representative_id: UUID
    region_code: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A staff member to register; the region is the organisation's unless a narrower one is given."""

    name: str = field(repr=False)
    organisation_code: str
    roles: frozenset[Role]
    account: NewAccount
    region_code: str = ""


def register_person(new: NewPerson, *, by: Actor, at: datetime) -> UUID:
    """Register one person; see :func:`register_people`."""
    return register_people([new], by=by, at=at)[0]


@transaction.atomic
def register_people(people: Sequence[NewPerson], *, by: Actor, at: datetime) -> list[UUID]:
    """Register people and return their ids in the same order.

    Raises BadIdentifier for an impossible ID or phone number, AlreadyRegistered if one of the ID numbers or user names is taken.
    """
    _require_system(by)
    rows = [_person(new, at) for new in people]
    accounts = [_account(new.account, at, person=row) for new, row in zip(people, rows, strict=True) if new.account]
    try:
        with transaction.atomic():
            Person.objects.bulk_create(rows)
            Account.objects.bulk_create(accounts)
    except IntegrityError as error:
        raise AlreadyRegistered(what=Text("这个人或者这个用户名", "This person or this user name")) from error
    audit.record([audit.entry("person", row.pk, "register", by, at) for row in rows])
    return [row.pk for row in rows]


@transaction.atomic
def register_enterprise(new: NewEnterprise, *, by: Actor, at: datetime) -> UUID:
    """Register an enterprise and its legal representative's mandate; raises BadIdentifier, AlreadyRegistered."""
    _require_system(by)
    uscc = parse_uscc(new.uscc).code
    row = Enterprise(
        uscc=uscc,
        name=new.name,
        legal_representative_id=new.legal_representative_id,
        region_code=new.region_code,
        address=new.address,
        created_at=at,
    )
    if Enterprise.objects.filter(uscc=uscc).exists():
        raise AlreadyRegistered(what=Text("这家企业", "This enterprise"))
    row.save(force_insert=True)
    wish = Wish(
        kind=MandateKind.LEGAL_REPRESENTATIVE,
        principal_kind=PrincipalKind.ENTERPRISE,
        principal_id=row.pk,
        agent_person_id=new.legal_representative_id,
        may_use_certificates=True,
        valid_from=clock.today(at),
        evidence="登记信息",
    )
    audit.record([audit.entry("enterprise", row.pk, "register", by, at)])
    add_mandate(wish, by, at)
    return row.pk


@transaction.atomic
def register_staff(new: NewStaff, *, by: Actor, at: datetime) -> UUID:
    """Register a staff member with an account and return the account's id.

    Raises UnknownOrganisation, UnknownRoles, AlreadyRegistered or why the password is not good enough.
    """
    _require_system(by)
    organisation = Organisation.objects.filter(code=new.organisation_code).first()
    if organisation is None:
        raise UnknownOrganisation(field="organisation", code=new.organisation_code)
    if not new.roles or not new.roles <= STAFF_ROLES:
        raise UnknownRoles(field="roles", allowed=", ".join(sorted(STAFF_ROLES)))
    staff = Staff(
        name=new.name,
        organisation=organisation,
        roles=sorted(new.roles),
        region_code=new.region_code or organisation.region_code,
        created_at=at,
    )
    account = _account(new.account, at, staff=staff)
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
            account.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRegistered(what=Text("这个用户名", "This user name")) from error
    audit.record([audit.entry("staff", staff.pk, "register", by, at)])
    return account.pk


def _person(new: NewPerson, at: datetime) -> Person:
    number = parse_id_number(new.id_number, clock.today(at))
    phone = parse_phone(new.phone).number if new.phone else ""
    return Person(
        name=new.name,
        id_number_sealed=sealed.seal(number.number, sealed.ID_NUMBER),
        id_number_index=sealed.index_id_number(number.number),
        phone_sealed=sealed.seal(phone, sealed.PHONE),
        phone_index=sealed.index_phone(phone),
        address_sealed=sealed.seal(new.address, sealed.ADDRESS),
        sex=number.sex,
        birth_date=number.birth_date,
        region_code=new.region_code,
        created_at=at,
    )


def _account(new: NewAccount, at: datetime, *, person: Person | None = None, staff: Staff | None = None) -> Account:
    username = new.username.strip().lower()
    if new.is_demo and not settings.DEMO:
        raise Forbidden(why=Text("演示账户只能在演示模式下建立", "demonstration accounts exist in demo mode only"))
    if not new.is_demo:  # demonstration passwords are printed on the login page: strength would be theatre
        check_password_strength(new.password, is_staff=staff is not None, own_words=[username])
    return Account(
        username=username,
        password=make_password(new.password),
        person=person,
        staff=staff,
        is_demo=new.is_demo,
        created_at=at,
    )


def _require_system(by: Actor) -> None:
    if not by.is_system:
        raise Forbidden(
            why=Text("登记身份由系统按主管机关的信息完成", "identities are registered by the system from official records")
        )
