"""Certificates in somebody's wallet, and what they can supply to an application."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yijianshi.certificates import faces, sealed
from yijianshi.certificates.models import Certificate
from yijianshi.certificates.opened import CertificateView, views_of
from yijianshi.certificates.queries.access import authorisation, index_of, is_in_wallet, may_hold
from yijianshi.foundation import clock, rows
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

_USABLE = """
WHERE holder_id = ANY(%s::uuid[]) AND state = 'VALID' AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
ORDER BY issued_at DESC, id DESC
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A valid certificate that may be used: whose (role), which, and its values as JSON by element name."""

    id: UUID
    holder_role: str
    type: str
    fields: Mapping[str, Any] = field(repr=False)
    label: Text
    at: datetime


def list_held(holder_id: UUID | None, by: Actor) -> list[CertificateView]:
    """Return the certificates in a wallet, newest first: one's own or the principal's; empty for anybody else's."""
    if holder_id is None or not may_hold(holder_id, by):
        return []
    mine, index = Q(holder_id=holder_id), index_of(holder_id, by)
    if index is not None:  # issued before they registered; without an index nothing waits, and NULL must not match NULL
        mine |= Q(holder_id__isnull=True, holder_kind="PERSON", holder_index=index)
    return views_of(Certificate.objects.filter(mine).order_by("-issued_at", "-pk"))


def held_offers(holders: Mapping[str, tuple[UUID, UUID | None]], *, purpose: str, by: Actor, at: datetime) -> list[Held]:
    """Return the valid certificates of *holders* (role → holder's id and mandate's id) that *by* may use for *purpose*.

    The mandate's id is only a hint of the caller's: what counts is the authorisation found here. A holder who has authorised
    nobody is passed over in silence. Newest first.
    """
    today = clock.today(at)
    allowed = {holder: role for role, (holder, _) in holders.items() if authorisation(holder, purpose, by, today)}
    if not allowed:
        return []
    certificates = rows.load(Certificate, _USABLE, [list(allowed), today, today])
    known = faces.load({row.face_sha for row in certificates})
    return [
        Held(
            id=row.pk,
            holder_role=allowed[row.holder_id],
            type=row.type_code,
            fields=sealed.unseal(row.sealed, row.pk).values,
            label=known[row.face_sha].name,
            at=row.issued_at,
        )
        for row in certificates
        if row.holder_id
    ]


def ids_by_case(case_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return case → ids of its certificates, in order of issue; ids alone tell nothing, so no actor is asked."""
    found: dict[UUID, list[UUID]] = {}
    for case_id, certificate_id in Certificate.objects.filter(case_id__in=case_ids).order_by("pk").values_list("case_id", "pk"):
        if case_id is not None:
            found.setdefault(case_id, []).append(certificate_id)
    return found


@dataclass(frozen=True, slots=True)
class Issued:
    """The certificates of one case as one actor may see them; *withheld*: others went to somebody else's wallet."""

    visible: tuple[UUID, ...] = ()
    withheld: bool = False


def identifiers_by_case(case_ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return case → (type, identifier) of the certificates it issued; an identifier says nothing about the holder."""
    found: dict[UUID, list[tuple[str, str]]] = {}
    issued = Certificate.objects.filter(case_id__in=case_ids, previous_id=None).order_by("id")
    for case_id, kind, identifier in issued.values_list("case_id", "type_code", "identifier"):
        if case_id is not None:
            found.setdefault(case_id, []).append((kind, identifier))
    return found


def issued_by_case(case_ids: Collection[UUID], *, by: Actor) -> dict[UUID, Issued]:
    """Return case → its certificates in order of issue, those of another person's wallet only as a fact, not as an id."""
    found: dict[UUID, Issued] = {}
    for row in rows.load(Certificate, "WHERE case_id = ANY(%s::uuid[]) ORDER BY id", [list(case_ids)]):
        if row.case_id is not None:
            known = found.get(row.case_id, Issued())
            mine = is_in_wallet(row, by)
            found[row.case_id] = Issued((*known.visible, row.pk) if mine else known.visible, known.withheld or not mine)
    return found
