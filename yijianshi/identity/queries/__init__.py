"""Reads of the identity room; each returns only what the asking actor may see."""

from yijianshi.identity.queries.actors import ActingEnded, actor_of, get_actor
from yijianshi.identity.queries.contacts import Contact, MandateSides, contacts, mandate_sides, representatives
from yijianshi.identity.queries.enterprises import EnterpriseCard, find_enterprise_by_uscc, get_enterprise
from yijianshi.identity.queries.keys import KeyCard, list_keys
from yijianshi.identity.queries.mandates import (
    Leave,
    MandateCard,
    find_certificate_leave,
    find_mandate,
    find_spouse_leave,
    list_mandates,
)
from yijianshi.identity.queries.myself import describe_self
from yijianshi.identity.queries.organisations import (
    OrganisationCard,
    competent_organisation,
    find_competent_organisation,
    get_organisation,
    get_organisations,
    list_organisations,
    list_supervised,
)
from yijianshi.identity.queries.people import PersonCard, find_person_by_id_number, find_person_ids, get_person
from yijianshi.identity.queries.staff import DemoAccount, list_staff_accounts_demo

__all__ = [
    "ActingEnded",
    "Contact",
    "DemoAccount",
    "EnterpriseCard",
    "KeyCard",
    "Leave",
    "MandateCard",
    "MandateSides",
    "OrganisationCard",
    "PersonCard",
    "actor_of",
    "competent_organisation",
    "contacts",
    "describe_self",
    "find_certificate_leave",
    "find_competent_organisation",
    "find_enterprise_by_uscc",
    "find_mandate",
    "find_person_by_id_number",
    "find_person_ids",
    "find_spouse_leave",
    "get_actor",
    "get_enterprise",
    "get_organisation",
    "get_organisations",
    "get_person",
    "list_keys",
    "list_mandates",
    "list_organisations",
    "list_staff_accounts_demo",
    "list_supervised",
    "mandate_sides",
    "representatives",
]
