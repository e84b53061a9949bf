"""What a department outside this house is told of a case: the facts and materials its item needs, nothing more."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from yijianshi.applications import queries as applications
from yijianshi.cases.logic.evidence import in_place_of_paper
from yijianshi.cases.logic.states import State
from yijianshi.cases.models import Case
from yijianshi.cases.queries.items import thing_of
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.certificates import queries as certificates
from yijianshi.exchange import queries as neighbours
from yijianshi.identity import queries as identity
from yijianshi.kernel.text import Text

UNDER_WAY = frozenset({State.RECEIVED, State.CORRECTION_REQUESTED, State.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Paper:
    """One material of a joint case: its files and certificates, or what stands for them in words."""

    code: str
    name: Text
    files: tuple[UUID, ...]
    certificates: tuple[UUID, ...]
    instead: Text | None


@dataclass(frozen=True, slots=True)
class JointCase:
    """A case that another deployment of the house handles, as far as that deployment is told."""

    peer: str
    case_id: UUID
    number: str
    application_id: UUID
    item_code: str
    state: State
    holders: Mapping[str, UUID]
    papers: tuple[Paper, ...]
    body: dict[str, Any] = field(repr=False)


def served(case_ids: Sequence[UUID], states: frozenset[State], *, by_peers: bool = False) -> list[tuple[Case, str]]:
    """Return the cases in one of *states* that a department's system (a peer: another deployment) handles, with its code."""
    found = []
    if not neighbours.list_neighbours():
        return []
    for case in Case.objects.filter(id__in=case_ids, state__in=states).order_by("number"):
        card = neighbours.find_serving(case.organisation_id, case.item_code)
        if card and (card.entry.peer is not None) is by_peers:
            found.append((case, card.code))
    return found


def list_joint(case_ids: Sequence[UUID], states: frozenset[State]) -> list[JointCase]:
    """Return those of these cases that other deployments handle and that stand in one of *states*, by number."""
    rows = served(case_ids, states, by_peers=True)
    facts = applications.facts_for_cases([(case.application_id, case.item_code) for case, _ in rows])
    grounds = applications.grounds_of([(case.application_id, ()) for case, _ in rows])
    return [
        JointCase(
            peer=code,
            case_id=case.id,
            number=case.number,
            application_id=case.application_id,
            item_code=case.item_code,
            state=State(case.state),
            holders=grounds[case.application_id].holders,
            papers=tuple(_papers(case)),
            body=handed_over(case, facts[case.application_id, case.item_code]),
        )
        for case, code in rows
    ]


def handed_over(case: Case, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a hand-over."""
    thing, organisation = thing_of(case.version_id), identity.get_organisation(case.organisation_id)
    name = thing.item(case.item_code).name
    return {
        "application": case.application_number,
        "case": case.number,
        "item": case.item_code,
        "item_name": {"zh": name.zh, "en": name.en},
        "thing": case.thing_code,
        "organisation": organisation.uscc,
        "region": case.region,
        "applicant": {"name": case.applicant_label},
        "received_on": case.received_on,
        "act_by": case.act_by,
        "facts": plain(facts),
        "materials": materials(case),
    }


def materials(case: Case) -> list[dict[str, Any]]:
    """Return the materials of a case's item as a message names them: how each is met, and a digest of what meets it."""
    thing = thing_of(case.version_id)
    return [
        {
            "code": one.code,
            "name": {"zh": thing.materials_by_code[one.code].name.zh, "en": thing.materials_by_code[one.code].name.en},
            "how": one.satisfier,
            "digest": hashlib.new("sm3", orjson.dumps([list(one.files), dict(one.evidence)], default=str)).hexdigest(),
        }
        for one in _handed_in(case, thing)
    ]


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as JSON has them; nothing for what is unknown."""
    known = {name: value for name, value in facts.items() if value is not None}
    found: dict[str, Any] = orjson.loads(orjson.dumps(known, default=_text))
    return found


def source_of(thing: CompiledThing, handed: applications.HandedIn, kinds: Mapping[UUID, Text]) -> Text:
    """Return what vouches for the material: the certificate's type, the earlier item, the letter, else the material itself."""
    material, evidence = thing.materials_by_code[handed.code], handed.evidence
    used = list(dict.fromkeys(kinds[ref] for ref in certificates_of(handed) if ref in kinds))
    if used:
        return Text("”“".join(one.zh for one in used), '", "'.join(one.en for one in used))
    if handed.satisfier == "INTERNAL_PRODUCT" and evidence.get("from_item"):
        return thing.item(evidence["from_item"]).name
    if handed.satisfier == "COMMITMENT" and evidence.get("letter") in thing.letters_by_code:
        return thing.letters_by_code[evidence["letter"]].name
    return material.name


def certificates_of(handed: applications.HandedIn) -> tuple[UUID, ...]:
    """Return the e-certificates that stand for a material."""
    return tuple(UUID(ref) for ref in handed.evidence.get("refs", ())) if handed.satisfier == "E_CERTIFICATE" else ()


def _papers(case: Case) -> list[Paper]:
    thing, found = thing_of(case.version_id), []
    for one in _handed_in(case, thing):
        used = certificates_of(one) or _made_here(case, one)
        files = tuple(UUID(file["id"]) for file in one.files)
        instead = None if files or used else in_place_of_paper(one.satisfier, source_of(thing, one, {}))
        found.append(Paper(one.code, thing.materials_by_code[one.code].name, files, used, instead))
    return found


def _made_here(case: Case, handed: applications.HandedIn) -> tuple[UUID, ...]:
    """Return the certificates that an earlier item of the same application issued in place of the material."""
    if handed.satisfier != "INTERNAL_PRODUCT":
        return ()
    rows = Case.objects.filter(application_id=case.application_id, item_code=handed.evidence.get("from_item", ""))
    return tuple(one for ids in certificates.ids_by_case(rows.values_list("id", flat=True)).values() for one in ids)


def _handed_in(case: Case, thing: CompiledThing) -> list[applications.HandedIn]:
    wanted = {use.material for use in thing.item(case.item_code).materials}
    return [one for one in applications.materials_of(case.application_id) if one.code in wanted]


def _text(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)
