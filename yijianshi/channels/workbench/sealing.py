"""The page of seals: what its form says, and who has no seal yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.certificates import commands, queries
from yijianshi.identity import queries as identity
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

MADE = Text("制好了。这个部门签发的证照从现在起盖章。", "Made. Certificates of this organisation are sealed from now on.")
ENDED = Text("已停用，并列入吊销列表。", "Ended, and on the revocation list.")
_ORGANISATION = Text("这个部门", "This organisation")


def wanted(form: Mapping[str, str]) -> commands.NewSeal:
    """Return the seal a form asks for; raises NotFound for an organisation that is none."""
    try:
        organisation_id = UUID(form.get("organisation", ""))
    except ValueError as error:
        raise NotFound(what=_ORGANISATION) from error
    by_rule = form.get("by_rule") == "yes"
    return commands.NewSeal(
        organisation_id=organisation_id,
        custodian=form.get("custodian", ""),
        rule_types=("*",) if by_rule else (),
        rule_basis=form.get("basis", "") if by_rule else "",
    )


def rows(seals: Sequence[queries.SealCard], at: datetime) -> list[tuple[queries.SealCard, Text | None]]:
    """Return each seal with what there is to do about its term."""
    return [(card, card.warning(at)) for card in seals]


def without(seals: Sequence[queries.SealCard]) -> list[identity.OrganisationCard]:
    """Return the organisations that have no seal in use."""
    sealed = {card.organisation_id for card in seals if card.ended_at is None}
    return [card for card in identity.list_organisations() if card.id not in sealed]
