"""The invented people of a demonstration, from ``content/demo`` (an entrance: set-up calls it, in demo mode only)."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.db import transaction

from yijianshi.foundation import clock
from yijianshi.identity import commands, queries
from yijianshi.identity.commands import NewAccount, NewEnterprise, NewPerson, NewStaff
from yijianshi.identity.logic.actor import SYSTEM, PrincipalKind, Role
from yijianshi.identity.logic.mandates import MandateKind, Wish
from yijianshi.identity.models import Account
from yijianshi.identity.queries.staff import DEMO_PASSWORD
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

Row = Mapping[str, Any]


def read(content_dir: Path) -> dict[str, list[Row]]:
    """Return people, enterprises, mandates and staff of all files in ``content/demo``."""
    kinds: dict[str, list[Row]] = {"people": [], "enterprises": [], "mandates": [], "staff": []}
    for path in sorted((content_dir / "demo").glob("*.yaml")):
        stored = yaml.safe_load(path.read_text(encoding="utf-8"))
        if stored.get("kind") == "demo-people":
            for kind, rows in kinds.items():
                rows.extend(stored.get(kind) or [])
    return kinds


@transaction.atomic
def seed(content_dir: Path, at: datetime) -> None:
    """Register whoever is not there yet; doing it again adds nobody twice. Raises Forbidden outside demo mode."""
    if not settings.DEMO:
        raise Forbidden(why=Text("演示人物只在演示模式下建立", "the demonstration's people exist in demo mode only"))
    stored = read(content_dir)
    for row in stored["people"]:
        _person(row, at)
    for row in stored["enterprises"]:
        _enterprise(row, at)
    for row in stored["mandates"]:
        _mandate(row, at)
    for row in stored["staff"]:
        _staff(row, at)


def find_holder(reference: str) -> tuple[PrincipalKind, UUID] | None:
    """Return who is meant by a user name or a credit code in the content, else None."""
    person_id = Account.objects.filter(username=reference.lower(), is_demo=True).values_list("person_id", flat=True).first()
    if person_id is not None:
        return PrincipalKind.PERSON, person_id
    enterprise = queries.find_enterprise_by_uscc(reference, SYSTEM)
    return (PrincipalKind.ENTERPRISE, enterprise.id) if enterprise else None


def _person(row: Row, at: datetime) -> None:
    if queries.find_person_by_id_number(row["id_number"], SYSTEM):
        return
    new = NewPerson(
        name=row["name"],
        id_number=row["id_number"],
        region_code=row["region"],
        phone=row.get("phone") or "",
        address=row.get("address") or "",
        account=_account(row),
    )
    commands.register_person(new, by=SYSTEM, at=at)


def _enterprise(row: Row, at: datetime) -> None:
    representative = find_holder(row["legal_representative"])
    if representative is None or queries.find_enterprise_by_uscc(row["uscc"], SYSTEM):
        return
    new = NewEnterprise(row["uscc"], row["name"], representative[1], row["region"], row.get("address") or "")
    commands.register_enterprise(new, by=SYSTEM, at=at)


def _mandate(row: Row, at: datetime) -> None:
    principal, agent = find_holder(row["from"]), find_holder(row["to"])
    if principal is None or agent is None or _is_given(principal[1], agent[1], row, clock.today(at)):
        return
    wish = Wish(
        kind=MandateKind(row["kind"]),
        principal_kind=principal[0],
        principal_id=principal[1],
        agent_person_id=agent[1],
        scope=tuple(row["scope"]),
        may_submit=row["may_submit"],
        may_use_certificates=row["may_use_certificates"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        evidence=row.get("evidence") or "",
    )
    commands.grant_mandate(wish, by=SYSTEM, at=at)


def _is_given(principal_id: UUID, agent_id: UUID, row: Row, today: date) -> bool:
    given = queries.find_mandate(principal_id, agent_id, row["scope"][0], today, by=SYSTEM)
    return given is not None and given.kind == row["kind"]


def _staff(row: Row, at: datetime) -> None:
    if Account.objects.filter(username=row["username"].lower()).exists():
        return
    roles = frozenset(Role(role) for role in row["roles"])
    commands.register_staff(NewStaff(row["name"], row["organisation"], roles, _account(row)), by=SYSTEM, at=at)


def _account(row: Row) -> NewAccount:
    return NewAccount(row["username"], DEMO_PASSWORD, is_demo=True)
