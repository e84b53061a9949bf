"""Reads of this room; each takes the actor and returns only what the actor may see."""

from yijianshi.cases.queries.case_page import get_case, has_file
from yijianshi.cases.queries.connected import ConnectedShare, connected_share
from yijianshi.cases.queries.corrections import open_corrections
from yijianshi.cases.queries.deferred import papers_owed
from yijianshi.cases.queries.desks import is_watching
from yijianshi.cases.queries.handed import UNDER_WAY, JointCase, list_joint
from yijianshi.cases.queries.progress import overalls, progress, progress_of
from yijianshi.cases.queries.proofs import Proofs, get_proof_file, get_proofs
from yijianshi.cases.queries.revisions import revision_of
from yijianshi.cases.queries.steps import Step, steps_of
from yijianshi.cases.queries.versions import ThingInUse, VersionInUse, list_versions_in_use
from yijianshi.cases.queries.worklist import WorklistFilters, list_rows, list_worklist

__all__ = [
    "UNDER_WAY",
    "ConnectedShare",
    "JointCase",
    "Proofs",
    "Step",
    "ThingInUse",
    "VersionInUse",
    "WorklistFilters",
    "connected_share",
    "get_case",
    "get_proof_file",
    "get_proofs",
    "has_file",
    "is_watching",
    "list_joint",
    "list_rows",
    "list_versions_in_use",
    "list_worklist",
    "open_corrections",
    "overalls",
    "papers_owed",
    "progress",
    "progress_of",
    "revision_of",
    "steps_of",
]
