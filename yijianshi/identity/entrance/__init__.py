"""Doors: who may enter a route, how a session opens and closes, whose address a request comes from."""

from yijianshi.foundation.addresses import client_address as address_of
from yijianshi.identity.entrance.api_doors import citizen_token, demo_only, member_token, public, staff_token, staff_with
from yijianshi.identity.entrance.doors import CITIZEN, DEMO, PUBLIC, STAFF, NotLoggedIn, WrongDoor, entry, entry_of
from yijianshi.identity.entrance.requests import ActorRequest
from yijianshi.identity.entrance.sessions import act_for, change_password, close_session, open_demo_session, open_session

__all__ = [
    "CITIZEN",
    "DEMO",
    "PUBLIC",
    "STAFF",
    "ActorRequest",
    "NotLoggedIn",
    "WrongDoor",
    "act_for",
    "address_of",
    "change_password",
    "citizen_token",
    "close_session",
    "demo_only",
    "entry",
    "entry_of",
    "member_token",
    "open_demo_session",
    "open_session",
    "public",
    "staff_token",
    "staff_with",
]
