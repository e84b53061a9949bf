"""The texts a proposal would give: its files over the shelf's."""

from uuid import UUID

from yijianshi.catalogue.logic.authoring.proposed import Proposed
from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.models import ProposalFile
from yijianshi.catalogue.queries.shelf import read_texts, shelf_texts


def proposed_files(proposal_id: UUID) -> list[Proposed]:
    """Return the files of a proposal beside the shelf, by path."""
    shelf = shelf_texts()
    rows = ProposalFile.objects.filter(proposal_id=proposal_id).order_by("path").values_list("path", "base_text", "text")
    return [Proposed(path, base, text, shelf.get(path)) for path, base, text in rows]


def proposed_texts(proposal_id: UUID, *more: Proposed) -> dict[str, str]:
    """Return path → text of all content as it would be with this proposal, and with *more* on top."""
    texts: dict[str, str] = shelf_texts()
    for file in (*proposed_files(proposal_id), *more):
        if file.outcome is None:
            texts.pop(file.path, None)
        else:
            texts[file.path] = file.outcome
    return texts


def proposed_library(proposal_id: UUID) -> tuple[Library, Findings]:
    """Return the library with this proposal, and everything wrong with it."""
    return read_texts(proposed_texts(proposal_id))
