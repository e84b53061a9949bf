"""The catalogue's tables."""

from yijianshi.catalogue.models.proposal import Proposal, ProposalFile, ProposalSave
from yijianshi.catalogue.models.published_sheet import PublishedSheet
from yijianshi.catalogue.models.published_thing import PublishedThing
from yijianshi.catalogue.models.shelf import ContentChange, ContentFile

__all__ = ["ContentChange", "ContentFile", "Proposal", "ProposalFile", "ProposalSave", "PublishedSheet", "PublishedThing"]
