"""The tables of the identity room; no other room imports them."""

from yijianshi.identity.models.access import AccessToken, Throttle
from yijianshi.identity.models.account import Account
from yijianshi.identity.models.code import OneTimeCode
from yijianshi.identity.models.mandate import Mandate
from yijianshi.identity.models.organisation import Organisation, Staff
from yijianshi.identity.models.person import Enterprise, Person

__all__ = ["AccessToken", "Account", "Enterprise", "Mandate", "OneTimeCode", "Organisation", "Person", "Staff", "Throttle"]
