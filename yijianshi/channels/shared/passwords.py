"""Changing one's own password, the same in every channel."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from yijianshi.channels.shared.fields import field_id
from yijianshi.identity import entrance
from yijianshi.identity.logic import passwords
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError, Invalid


class PasswordsDiffer(Invalid):
    """两次输入的新密码不一样，密码没有修改。请再输入一次。

    The new password was typed differently the second time, so nothing was changed. Please type it again.
    """


@dataclass(frozen=True, slots=True)
class Change:
    """The form: how long a password must be, what is wrong where, and whether it has just been changed."""

    shortest: int
    problem: DomainError | None = None
    is_done: bool = False

    @property
    def status(self) -> int:
        """Return the HTTP status of the page."""
        return self.problem.status if self.problem else 200

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Return the summary above the form."""
        return [{"text": self.problem.text, "link": f"#{field_id(self.problem.field or 'old_password')}"}] if self.problem else []


def ask(actor: Actor, *, is_done: bool = False) -> Change:
    """Return the empty form."""
    return Change(passwords.shortest(actor.is_staff), is_done=is_done)


def take(request: HttpRequest, actor: Actor) -> Change:
    """Change the password as sent, or return what is wrong."""
    new = request.POST.get("password", "")
    try:
        if new != request.POST.get("password_again", ""):
            raise PasswordsDiffer(field="password_again")
        entrance.change_password(request, request.POST.get("old_password", ""), new)
    except DomainError as problem:
        return Change(passwords.shortest(actor.is_staff), problem)
    return ask(actor, is_done=True)
