"""Reads of this room; each takes the actor and returns only what the actor may see."""

from yijianshi.applications.queries.applicants import Applicant, list_applicants
from yijianshi.applications.queries.data_uses import DataUse, list_data_uses
from yijianshi.applications.queries.drafts import NotADraft, get_draft
from yijianshi.applications.queries.forwarded import Forwarded, list_forwarded
from yijianshi.applications.queries.listing import (
    ApplicationCard,
    HandedIn,
    Submitted,
    all_facts,
    deferred_materials,
    facts_for_cases,
    get_application,
    grounds_of,
    list_applications,
    list_submitted,
    materials_of,
)
from yijianshi.applications.queries.moves import Moved, VersionCounts, count_by_version
from yijianshi.applications.queries.parties import Request, get_request, list_requests
from yijianshi.applications.queries.receipt import ReceiptView, get_receipt
from yijianshi.applications.queries.recordable import Recordable, list_recordable
from yijianshi.applications.queries.ripe import Ripe, list_ripe
from yijianshi.applications.queries.signing import SigningView, get_signing, open_document, signed_file
from yijianshi.applications.queries.store import Seen, Stored, list_stored, open_stored, reusable, seen_of
from yijianshi.applications.queries.terms import Terms, get_terms
from yijianshi.exchange.queries.sharing import list_consents

__all__ = [
    "Applicant",
    "ApplicationCard",
    "DataUse",
    "Forwarded",
    "HandedIn",
    "Moved",
    "NotADraft",
    "ReceiptView",
    "Recordable",
    "Request",
    "Ripe",
    "Seen",
    "SigningView",
    "Stored",
    "Submitted",
    "Terms",
    "VersionCounts",
    "all_facts",
    "count_by_version",
    "deferred_materials",
    "facts_for_cases",
    "get_application",
    "get_draft",
    "get_receipt",
    "get_request",
    "get_signing",
    "get_terms",
    "grounds_of",
    "list_applicants",
    "list_applications",
    "list_consents",
    "list_data_uses",
    "list_forwarded",
    "list_recordable",
    "list_requests",
    "list_ripe",
    "list_stored",
    "list_submitted",
    "materials_of",
    "open_document",
    "open_stored",
    "reusable",
    "seen_of",
    "signed_file",
]
