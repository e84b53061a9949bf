"""Accounts offered on the login page of a demonstration."""

from dataclasses import dataclass

from django.conf import settings

from yijianshi.identity.logic.actor import Role
from yijianshi.identity.models import Account
from yijianshi.kernel.text import Text

# Printed on the login page of a demonstration; accounts that have it open no door anywhere else.
DEMO_PASSWORD = "yijianshi-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented person somebody may try the house as."""

    username: str
    name: str
    roles: frozenset[Role]
    organisation: Text | None  # None: a citizen
    password: str = DEMO_PASSWORD


def list_staff_accounts_demo() -> list[DemoAccount]:
    """Return the demonstration's accounts, citizens first; always nothing outside demo mode."""
    if not settings.DEMO:
        return []
    accounts = Account.objects.filter(is_demo=True, is_active=True).order_by("staff__organisation__code", "username")
    cards = [_card(account) for account in accounts]
    return sorted(cards, key=lambda card: card.organisation is not None)


def _card(account: Account) -> DemoAccount:
    staff = account.staff
    if staff is None:
        name = account.person.name if account.person else account.username
        return DemoAccount(account.username, name, frozenset({Role.CITIZEN}), None)
    organisation = Text(staff.organisation.name_zh, staff.organisation.name_en)
    return DemoAccount(account.username, staff.name, frozenset(map(Role, staff.roles)), organisation)
