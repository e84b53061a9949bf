"""The document that is signed: made from a finished draft, once for each state of it."""

import secrets
from datetime import datetime
from uuid import UUID

from yijianshi.applications.models import SigningRound
from yijianshi.applications.queries import signing as queries
from yijianshi.applications.queries.parties import Filled
from yijianshi.certificates import queries as rendering
from yijianshi.foundation import files, history
from yijianshi.identity.logic.actor import SYSTEM, Actor


def open_round(filled: Filled, *, by: Actor, at: datetime) -> UUID:
    """Return the document of a draft that the caller holds locked and found finished; made now unless it is there already."""
    found = queries.current_round(filled.application)
    if found is not None:
        return found.id
    signers = queries.signers_of(filled)
    content = queries.content_of(filled, signers, secrets.token_hex(16))
    document = rendering.render_sheet(content.to_json(), [one.label for one in signers], at=at)
    stored = files.keep(document, name=f"{content.title.zh}.pdf", mime="application/pdf", by=SYSTEM, at=at)
    row = SigningRound.objects.create(
        application=filled.application,
        revision=filled.application.revision,
        enclosed=queries.enclosed_in(filled.application),
        content=queries.kept(content),
        items=list(queries.items_of(filled)),
        signers=[one.to_json() for one in signers],
        file_id=stored.id,
        sha256=stored.sha256,
        opened_at=at,
    )
    note(row, "open_signing", by, at, {"sha256": row.sha256, "signers": [one.entity for one in signers]})
    return row.id


def note(row: SigningRound, action: str, by: Actor, at: datetime, payload: dict[str, object]) -> None:
    """Put a line about a round into the history of its application."""
    state = row.application.state
    history.record(
        [
            history.Entry(
                subject_kind="application",
                subject_id=row.application_id,
                application_id=row.application_id,
                action=action,
                actor=by.to_record(),
                at=at,
                from_state=state,
                to_state=state,
                payload=payload,
            )
        ]
    )
