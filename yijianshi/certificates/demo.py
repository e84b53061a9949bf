"""The certificates the invented people of a demonstration hold beforehand (an entrance: set-up calls it, in demo mode only)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from yijianshi.catalogue import entrance as catalogue
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.values import encode
from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic.face import Face, face_of
from yijianshi.foundation import clock
from yijianshi.identity import demo as people
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM

Row = Mapping[str, Any]


def seed(content_dir: Path, at: datetime) -> None:
    """Issue what is not in the wallets yet; doing it again issues nothing twice."""
    library, _ = catalogue.load_library(content_dir)
    issuers = {card.code: card.id for card in identity.list_organisations()}
    stored = people.read(content_dir)
    issues = [
        _issue(row, owner, library, issuers)
        for owner in (*stored["people"], *stored["enterprises"])
        for row in _missing(owner)
        if row["type"] in library.certificates
    ]
    for one in issues:  # each on its own day, as the paper says
        commands.issue([one], by=SYSTEM, at=min(at, datetime.combine(one.valid_from, time(9), clock.LEGAL_ZONE)))


def seed_seals(at: datetime) -> int:
    """Make the seals of the organisations that have none, all used by rule, and return how many."""
    sealed = {card.organisation_id for card in queries.list_seals() if card.ended_at is None}
    missing = [card.id for card in identity.list_organisations() if card.id not in sealed]
    for organisation_id in missing:
        new = commands.NewSeal(
            organisation_id=organisation_id, custodian="综合科（演示）", rule_types=("*",), rule_basis="自动用章规则（演示）"
        )
        commands.make_seal(new, by=SYSTEM, at=at)
    return len(missing)


def _missing(owner: Row) -> list[Row]:
    holder = people.find_holder(_reference(owner))
    if holder is None:
        return []
    held = {certificate.type_code for certificate in queries.list_held(holder[1], SYSTEM)}
    return [row for row in owner.get("certificates") or [] if row["type"] not in held]


def _issue(row: Row, owner: Row, library: Library, issuers: Mapping[str, UUID]) -> commands.Issue:
    holder = people.find_holder(_reference(owner))
    assert holder is not None  # _missing has looked
    return commands.Issue(
        type_code=row["type"],
        issuer_organisation_id=issuers[row["issuer"]],
        holder_kind=holder[0],
        holder_person_id=holder[1],
        holder_name=owner["name"],
        holder_id_number=owner.get("id_number") or owner.get("uscc"),
        number=str(row["number"]),
        fields={name: encode(value) for name, value in row["fields"].items()},
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]) if row.get("valid_to") else None,
        region=str(owner["region"]),
        face=_face(library, row["type"]),
    )


def _reference(owner: Row) -> str:
    return str(owner.get("username") or owner["uscc"])


def _face(library: Library, code: str) -> Face:
    elements = {name: document.model for name, document in library.elements.items()}
    return face_of(library.certificates[code].model, elements)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
