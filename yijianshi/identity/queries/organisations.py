"""The public directory of organisations; small, rarely changed, therefore kept in memory for a short while."""

import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.identity.logic.regions import chain, covers
from yijianshi.identity.models import Organisation
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

SERVICE_OFFICE = "government-service"
_FRESH_SECONDS = 30.0
_ORGANISATION = Text("这个部门", "This organisation")


class NoCompetentOrganisation(NotFound):
    """{region} 地区没有登记负责这项业务的部门（{kind}）。请拨打 12345 咨询；系统管理员可在部门目录中补充。

    No organisation of kind {kind} is registered for region {region}. Please call 12345; an operator can add it to the directory.
    """


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """A department or public body, as everybody may see it."""

    id: UUID
    code: str
    uscc: str
    name: Text
    kind: str
    region_code: str
    parent_id: UUID | None
    level: str
    address: Text | None
    phone: str
    complaint_phone: str


@dataclass(frozen=True, slots=True)
class _Directory:
    by_id: Mapping[UUID, OrganisationCard]
    by_duty: Mapping[tuple[str, str], OrganisationCard]
    loaded: float


_lock = threading.Lock()
_directory: _Directory | None = None


def forget_organisations() -> None:
    """Drop the directory kept in memory; the next read loads it again."""
    global _directory
    with _lock:
        _directory = None


def get_organisation(organisation_id: UUID) -> OrganisationCard:
    """Return one organisation; raises NotFound."""
    return get_organisations([organisation_id])[organisation_id]


def get_organisations(ids: Collection[UUID]) -> dict[UUID, OrganisationCard]:
    """Return the organisations with these ids; raises NotFound if one is missing."""
    directory = _current()
    if not all(each in directory.by_id for each in ids):
        directory = _load()
    if not all(each in directory.by_id for each in ids):
        raise NotFound(what=_ORGANISATION)
    return {each: directory.by_id[each] for each in ids}


def list_organisations() -> list[OrganisationCard]:
    """Return all organisations in order of region and code."""
    return sorted(_current().by_id.values(), key=lambda card: (card.region_code, card.code))


def list_supervised(by: Actor) -> frozenset[UUID]:
    """Return the organisations a supervisor watches, within their region: their own and those below it.

    A government service office (政务服务管理机构) watches every organisation of its region, because it runs the desks of all.
    """
    if by.organisation_id is None or not (by.is_staff and by.has_role(Role.SUPERVISOR)):
        return frozenset()
    cards = {card.id: card for card in list_organisations()}
    own = cards.get(by.organisation_id)
    runs_all = own is not None and own.kind == SERVICE_OFFICE
    return frozenset(
        card.id
        for card in cards.values()
        if covers(by.region, card.region_code) and (runs_all or by.organisation_id in _line_of(card, cards))
    )


def _line_of(card: OrganisationCard, cards: Mapping[UUID, OrganisationCard]) -> list[UUID]:
    """Return the organisation and those above it; a circle in the directory ends where it closes."""
    line: list[UUID] = []
    at: OrganisationCard | None = card
    while at is not None and at.id not in line:
        line.append(at.id)
        at = cards.get(at.parent_id) if at.parent_id else None
    return line


def find_competent_organisation(kind: str, region: str) -> OrganisationCard | None:
    """Return who is competent for *kind* of duty in *region*: the region's own organisation, else that of the place around it."""
    for directory in (_current, _load):
        duties = directory().by_duty
        found = next((duties[kind, place] for place in chain(region) if (kind, place) in duties), None)
        if found:
            return found
    return None


def competent_organisation(kind: str, region: str, *, field: str | None = None) -> OrganisationCard:
    """Return what :func:`find_competent_organisation` finds; raises NoCompetentOrganisation naming *field*."""
    found = find_competent_organisation(kind, region)
    if found is None:
        raise NoCompetentOrganisation(kind=kind, region=region, field=field)
    return found


def _current() -> _Directory:
    directory = _directory
    if directory is None or time.monotonic() - directory.loaded > _FRESH_SECONDS:
        return _load()
    return directory


def _load() -> _Directory:
    global _directory
    rows = list(Organisation.objects.order_by("-code"))
    cards = {row.pk: _card(row) for row in rows}
    active = (cards[row.pk] for row in rows if row.is_active)
    directory = _Directory(
        by_id=MappingProxyType(cards),  # also the closed ones: what they issued still names them
        by_duty=MappingProxyType({(card.kind, card.region_code): card for card in active}),  # the smallest code wins a tie
        loaded=time.monotonic(),
    )
    with _lock:
        _directory = directory
    return directory


def _card(row: Organisation) -> OrganisationCard:
    return OrganisationCard(
        id=row.pk,
        code=row.code,
        uscc=row.uscc,
        name=Text(row.name_zh, row.name_en),
        kind=row.kind,
        region_code=row.region_code,
        parent_id=row.parent_id,
        level=row.level,
        address=Text(row.address_zh, row.address_en or row.address_zh) if row.address_zh else None,
        phone=row.phone,
        complaint_phone=row.complaint_phone,
    )
