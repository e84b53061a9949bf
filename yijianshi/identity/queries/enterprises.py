"""Enterprises as cards; their name and credit code are public, who stands behind them is not."""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.identity.logic.actor import Actor, PrincipalKind
from yijianshi.identity.models import Enterprise
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers.problem import normalise
from yijianshi.kernel.text import Text

_ENTERPRISE = Text("这家企业", "This enterprise")


@dataclass(frozen=True, slots=True)
class EnterpriseCard:
    """An enterprise as one actor may see it; the legal representative only for insiders and the house itself."""

    id: UUID
    uscc: str
    name: str
    region_code: str
    address: str
    legal_representative_id: UUID | None
    legal_representative_name: str


def get_enterprise(enterprise_id: UUID, by: Actor) -> EnterpriseCard:
    """Return the card of one enterprise; raises NotFound when there is none, or when nobody is logged in."""
    enterprise = _of(by).filter(pk=enterprise_id).first()
    if enterprise is None:
        raise NotFound(what=_ENTERPRISE)
    return _card(enterprise, by)


def find_enterprise_by_uscc(uscc: str, by: Actor) -> EnterpriseCard | None:
    """Return the enterprise with this unified social credit code, else None."""
    enterprise = _of(by).filter(uscc=normalise(uscc)).first()
    return _card(enterprise, by) if enterprise else None


def _of(by: Actor):  # type: ignore[no-untyped-def]
    rows = Enterprise.objects.select_related("legal_representative")
    return rows.none() if by.is_anonymous else rows


def _card(enterprise: Enterprise, by: Actor) -> EnterpriseCard:
    acting = by.principal
    represents = acting is not None and acting.kind is PrincipalKind.ENTERPRISE and acting.id == enterprise.pk
    inside = by.is_system or represents or by.person_id == enterprise.legal_representative_id
    return EnterpriseCard(
        id=enterprise.pk,
        uscc=enterprise.uscc,
        name=enterprise.name,
        region_code=enterprise.region_code,
        address=enterprise.address,
        legal_representative_id=enterprise.legal_representative_id if inside else None,
        legal_representative_name=enterprise.legal_representative.name if inside else "",
    )
