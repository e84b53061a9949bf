"""Signing as people do it, for tests: the code is made, read and entered."""

from datetime import datetime
from uuid import UUID

from yijianshi.applications import commands, queries
from yijianshi.identity import commands as identity
from yijianshi.identity.logic.actor import Actor


def sign(round_id: UUID, by: Actor, at: datetime) -> None:
    """Sign the document with the person's own key; the code is made as for the text message, and entered."""
    digest = queries.get_signing(round_id, by=by).digest
    code = identity.make_code(digest, by=by, at=at)
    commands.sign(commands.Signing(round_id=round_id, digest=digest, code=code), by=by, at=at)


def everybody_signs(application_id: UUID, parties: dict[str, Actor], by: Actor, at: datetime) -> UUID:
    """Ask each of *parties* (entity → who it is), let them sign in turn and the applicant *by* last; return the document."""
    for entity in parties:
        commands.invite(application_id=application_id, entity=entity, by=by, at=at)
    round_id = commands.open_signing(application_id, by=by, at=at)
    for line in queries.get_signing(round_id, by=by).lines:
        sign(round_id, parties.get(line.signer.entity, by), at)
    return round_id
