"""Writes of the identity room, one function per verb."""

from yijianshi.identity.commands.codes import forget_codes, make_code, spend_code
from yijianshi.identity.commands.mandates import Appointment, appoint_agent, grant_mandate, revoke_mandate
from yijianshi.identity.commands.organisations import import_organisations
from yijianshi.identity.commands.passwords import change_password, confirm_password
from yijianshi.identity.commands.register import (
    NewAccount,
    NewEnterprise,
    NewPerson,
    NewStaff,
    register_enterprise,
    register_people,
    register_person,
    register_staff,
)
from yijianshi.identity.commands.sign_in import LoggedIn, enter_demo, log_in, log_out
from yijianshi.identity.commands.throttle import count_request
from yijianshi.identity.commands.tokens import (
    KEY_PREFIX,
    BadKeyName,
    TooManyKeys,
    issue_key,
    issue_token,
    revoke_key,
    revoke_token,
)

__all__ = [
    "KEY_PREFIX",
    "Appointment",
    "BadKeyName",
    "LoggedIn",
    "NewAccount",
    "NewEnterprise",
    "NewPerson",
    "NewStaff",
    "TooManyKeys",
    "appoint_agent",
    "change_password",
    "confirm_password",
    "count_request",
    "enter_demo",
    "forget_codes",
    "grant_mandate",
    "import_organisations",
    "issue_key",
    "issue_token",
    "log_in",
    "log_out",
    "make_code",
    "register_enterprise",
    "register_people",
    "register_person",
    "register_staff",
    "revoke_key",
    "revoke_mandate",
    "revoke_token",
    "spend_code",
]
