"""Reading authoring: content files, proposals, previews; for content authors, supervisors and operators."""

from yijianshi.catalogue.logic.authoring.states import Action, State
from yijianshi.catalogue.queries.authoring.access import NotForYou
from yijianshi.catalogue.queries.authoring.files import FileCard, FileNotFound, FileView, get_file, list_files
from yijianshi.catalogue.queries.authoring.previews import (
    MendFirst,
    affected_codes,
    check_text,
    check_values,
    differences_in_words,
    preview_library,
    preview_thing,
)
from yijianshi.catalogue.queries.authoring.proposals import (
    ProposalCard,
    ProposalView,
    ProposedFile,
    get_proposal,
    list_proposals,
)
from yijianshi.catalogue.queries.locks import ProposalNotFound

__all__ = [
    "Action",
    "FileCard",
    "FileNotFound",
    "FileView",
    "MendFirst",
    "NotForYou",
    "ProposalCard",
    "ProposalNotFound",
    "ProposalView",
    "ProposedFile",
    "State",
    "affected_codes",
    "check_text",
    "check_values",
    "differences_in_words",
    "get_file",
    "get_proposal",
    "list_files",
    "list_proposals",
    "preview_library",
    "preview_thing",
]
