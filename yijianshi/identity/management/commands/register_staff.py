"""``python manage.py register_staff``: give a staff member an account."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yijianshi.identity.commands import NewAccount, NewStaff
from yijianshi.identity.commands.register import STAFF_ROLES
from yijianshi.identity.entrance import terminal
from yijianshi.identity.logic.actor import Role
from yijianshi.kernel.errors import DomainError


class Command(BaseCommand):
    """Register one staff member; the password is asked for, or read from standard input, never taken from the command line."""

    help = "登记一名工作人员。Register one staff member."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", required=True, help="code in the directory, for example jinshui-police")
        parser.add_argument("--roles", required=True, nargs="+", choices=sorted(STAFF_ROLES))
        parser.add_argument("--region", default="", help="six digits; default: the organisation's")

    def handle(self, *args: Any, **options: Any) -> None:
        """Register, or say in both languages why not."""
        account = NewAccount(options["username"], _password())
        roles = frozenset(map(Role, options["roles"]))
        new = NewStaff(options["name"], options["organisation"], roles, account, options["region"])
        try:
            terminal.register_staff(new)
        except DomainError as error:
            raise CommandError(f"{error.text.zh}\n{error.text.en}") from error
        self.stdout.write(f"已登记 {account.username}。Registered {account.username}.")


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("密码 password: ")
    return sys.stdin.readline().rstrip("\n")
