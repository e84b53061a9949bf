"""Taking what a command changes: a proposal, then the shelf; always in this order, the shelf by one lock for all of it."""

from uuid import UUID

from django.db import connection

from yijianshi.catalogue.models import Proposal
from yijianshi.kernel.errors import NotFound

_SHELF = 72_301_001  # advisory lock: two publishers must not both find the same newest version


class ProposalNotFound(NotFound):
    """没有找到这份修改提案。可能链接不完整，请从“修改提案”列表里打开。

    This proposal was not found. The link may be incomplete; please open it from the list of proposals.
    """


def lock_proposal(proposal_id: UUID) -> Proposal:
    """Return the proposal, held until the end of the transaction. Raises ProposalNotFound."""
    found = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if found is None:
        raise ProposalNotFound
    return found


def lock_untouched_proposals(title: str) -> list[Proposal]:
    """Return the drafts of this title that nobody has worked on since the house opened them, held like one proposal."""
    found = Proposal.objects.select_for_update().filter(title=title, state="DRAFT", editors=[], revision=1)
    return list(found.order_by("id"))


def lock_shelf() -> None:
    """Wait until nobody else publishes; held until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SHELF])
