"""Browser sessions: open, close, switch to a principal, end after idleness.

A log-in gives the session a new key, so a key planted beforehand is worthless. A password change ends all sessions (Django keeps
a stamp of the password in each). Idleness ends them too: staff after 30 minutes, citizens after two hours; twelve hours at most.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import auth
from django.http import HttpRequest

from yijianshi.foundation import addresses, clock
from yijianshi.identity import commands, queries
from yijianshi.identity.commands import LoggedIn
from yijianshi.identity.entrance.doors import NotLoggedIn, actor_on
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import Account

STAFF_IDLE = timedelta(minutes=30)
CITIZEN_IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
_WRITE_EVERY = timedelta(minutes=1)  # noting each request would be a write for each read
_BACKEND = "django.contrib.auth.backends.ModelBackend"
OPENED, SEEN, ACTING = "opened_at", "seen_at", "acting_for"


def open_session(request: HttpRequest, username: str, password: str) -> Actor:
    """Log in with a password and return the actor; raises WrongCredentials or TryAgainLater and leaves the session as it was."""
    at = clock.now()
    return _open(request, commands.log_in(username, password, addresses.client_address(request), at), at)


def open_demo_session(request: HttpRequest, username: str) -> Actor:
    """Enter a demonstration as one of its people; raises NotFound outside demo mode."""
    at = clock.now()
    return _open(request, commands.enter_demo(username, at), at)


def close_session(request: HttpRequest) -> None:
    """Log out and forget everything the session held."""
    commands.log_out(actor_on(request), clock.now())
    auth.logout(request)


def act_for(request: HttpRequest, mandate_id: UUID | None) -> Actor:
    """Act for the principal of a mandate from now on, or for oneself again (None); raises ActingEnded when it is not in force."""
    account_id = actor_on(request).account_id
    if account_id is None:
        raise NotLoggedIn
    actor = queries.get_actor(account_id, mandate_id, at=clock.now())
    if mandate_id is None:
        request.session.pop(ACTING, None)
    else:
        request.session[ACTING] = str(mandate_id)
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def change_password(request: HttpRequest, old: str, new: str) -> None:
    """Replace one's own password; this session goes on under a new key, all others end. Raises as the command does."""
    actor = actor_on(request)
    if actor.account_id is None:
        raise NotLoggedIn
    commands.change_password(old, new, by=actor, at=clock.now())
    auth.update_session_auth_hash(request, Account.objects.get(pk=actor.account_id))


def is_over(request: HttpRequest, idle: timedelta, at: datetime) -> bool:
    """Say whether the session has been idle or open for too long; a session without its marks is over, too."""
    try:
        opened, seen = (datetime.fromisoformat(request.session[mark]) for mark in (OPENED, SEEN))
    except (KeyError, ValueError):
        return True
    return at - seen > idle or at - opened > LONGEST


def note_activity(request: HttpRequest, at: datetime) -> None:
    """Remember that the session is in use, at most once a minute."""
    if at - datetime.fromisoformat(request.session[SEEN]) >= _WRITE_EVERY:
        request.session[SEEN] = at.isoformat()


def _open(request: HttpRequest, logged_in: LoggedIn, at: datetime) -> Actor:
    account = Account.objects.get(pk=logged_in.account_id)
    auth.login(request, account, backend=_BACKEND)  # new session key, new CSRF token, stamp of the password
    request.session[OPENED] = request.session[SEEN] = at.isoformat()
    request.session.pop(ACTING, None)
    idle = STAFF_IDLE if logged_in.actor.is_staff else CITIZEN_IDLE
    request.session.set_expiry(int(idle.total_seconds()) + 60)
    request.actor = logged_in.actor  # type: ignore[attr-defined]
    return logged_in.actor
