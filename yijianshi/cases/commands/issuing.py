"""Certificates that an approval produces, issued in the same transaction as the decision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.cases.queries.items import thing_of
from yijianshi.cases.queries.locks import LockedCase
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.repeating import own_names
from yijianshi.catalogue.logic.schema import CertificateType
from yijianshi.catalogue.logic.values import encode
from yijianshi.certificates import commands as certificates
from yijianshi.foundation import calendars, clock
from yijianshi.foundation.batch import Batch
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.rules import Environment, Expr, evaluate, names, parse


def issue_certificates(
    approved: Sequence[tuple[LockedCase, Mapping[str, Any]]],
    identifiers: Mapping[UUID, Mapping[str, str]],
    *,
    by: Actor,
    at: datetime,
    batch: Batch,
) -> None:
    """Add the certificates of these approved cases to *batch*, filled from the application's facts and the new results.

    *identifiers*: case → type → the identifier its own system gave a certificate that exists there already.
    """
    producing = [(case, results, thing_of(case.version_id)) for case, results in approved]
    producing = [(case, results, thing) for case, results, thing in producing if thing.item(case.item_code).produces.certificates]
    if not producing:
        return
    grounds = applications.grounds_of([(case.application_id, _names(thing, case)) for case, _, thing in producing])
    papers = []
    for case, results, thing in producing:
        ground = grounds[case.application_id]
        item = thing.item(case.item_code)
        facts = _as_on_faces({**ground.facts, **results}, own_names(thing, item))
        for code in item.produces.certificates:
            given = identifiers.get(case.id, {}).get(code, "")
            papers.append(_Paper(case, thing.certificates_by_code[code], facts, ground.holders, given))
    env = Environment(clock.today(at), calendars.national())
    numbers = {paper: number for paper in papers if (number := _named_holder(paper, env)) is not None}
    people = identity.find_person_ids(set(numbers.values()), by)
    issues = []
    for paper in papers:
        own = paper.holders.get(paper.kind.holder.person) or paper.holders["applicant"]
        issues.append(_issue(paper, people.get(numbers[paper]) if paper in numbers else own, env.today))
    certificates.issue(issues, by=by, at=at, batch=batch)


@dataclass(frozen=True, slots=True, eq=False)
class _Paper:
    """One certificate about to be issued."""

    case: LockedCase
    kind: CertificateType
    facts: Mapping[str, Any]
    holders: Mapping[str, UUID]
    identifier: str  # given by the department's own system, else empty


def _named_holder(paper: _Paper, env: Environment) -> str | None:
    """Return the ID number of the person of the form whom the certificate belongs to, None where it goes to who applies.

    Somebody not registered here yet finds it in the wallet on registering, by this number.
    """
    holder = paper.kind.holder
    if not holder.is_named:
        return None
    if holder.applicant_when and evaluate(_parsed(holder.applicant_when), paper.facts, env) is True:
        return None
    return _text(paper.facts, holder.id_number) or ""


@lru_cache(maxsize=256)
def _parsed(rule: str) -> Expr:
    return parse(rule)


def _names(thing: CompiledThing, case: LockedCase) -> Collection[str]:
    """Return the facts on the faces of the certificates this case's item produces."""
    item = thing.item(case.item_code)
    kinds, own = [thing.certificates_by_code[code] for code in item.produces.certificates], own_names(thing, item)
    wanted = [name for kind in kinds for name in (*kind.fields, kind.number, kind.holder.name, kind.holder.id_number)]
    deciding = [names(_parsed(kind.holder.applicant_when)) for kind in kinds if kind.holder.applicant_when]
    return {own.get(name, name) for name in {name for name in wanted if name}.union(*deciding)}


def _as_on_faces(facts: Mapping[str, Any], own: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the facts under the names a face has: of one object of several its own, and never another's."""
    return {name: value for name, value in facts.items() if name not in own} | {
        name: facts[theirs] for name, theirs in own.items() if theirs in facts
    }


def _issue(paper: _Paper, holder_id: UUID | None, today: date) -> certificates.Issue:
    case, kind, facts = paper.case, paper.kind, paper.facts
    return certificates.Issue(
        type_code=kind.code,
        catalogue_code=kind.type_code or "",
        version_id=case.version_id,
        number=_text(facts, kind.number),
        issuer_organisation_id=case.organisation_id,
        holder_kind="ENTERPRISE" if kind.holder.person == "enterprise" else "PERSON",
        holder_person_id=holder_id,
        holder_name=_text(facts, kind.holder.name) or "",
        holder_id_number=_text(facts, kind.holder.id_number),
        application_id=case.application_id,
        case_id=case.id,
        fields={name: encode(facts[name]) for name in kind.fields if facts.get(name) is not None},
        valid_from=today,
        valid_to=_years_later(today, kind.valid_years),
        region=case.region,
        identifier=paper.identifier,
    )


def _text(facts: Mapping[str, Any], name: str | None) -> str | None:
    value = facts.get(name) if name else None
    return None if value in (None, "") else str(value)


def _years_later(day: date, years: int | None) -> date | None:
    """Return the last day of a validity of *years*: the day before the anniversary; 29 February ends on 28 February."""
    if years is None:
        return None
    try:
        anniversary = day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
    return date.fromordinal(anniversary.toordinal() - 1)
