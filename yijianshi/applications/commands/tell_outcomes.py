"""What each event of this room, and of mandates below it, is to the people concerned."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.applications.commands.telling import Happened, as_text, day_text, tell, tell_about
from yijianshi.applications.events import ItemRipe, PartyAnswered, PartyInvited
from yijianshi.applications.queries.addressees import addressees
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import clock
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM


def tell_submitted(application_ids: Sequence[UUID], *, at: datetime) -> int:
    """Tell of submitted applications."""
    known = addressees(application_ids, by=SYSTEM)
    happened = {
        one.application_id: [Happened(key=f"submitted:{one.application_id}", words={"count": as_text(one.items)})]
        for one in known.values()
    }
    return tell_about("applications.submitted", happened, at=at)


def tell_invited(invited: Sequence[PartyInvited], *, at: datetime) -> int:
    """Tell registered parties that their agreement is asked for, once for each state of the draft."""
    known = addressees({UUID(one.application_id) for one in invited}, by=SYSTEM)
    happened = []
    for one in invited:
        about = known.get(UUID(one.application_id))
        if one.person_id is not None and about is not None:
            happened.append(
                Happened(
                    key=f"invited:{one.invitation_id}:{one.revision}",
                    words={"thing": about.thing, "person": as_text(about.label)},
                    people={"party": UUID(one.person_id)},
                    path=f"/confirmations/{one.invitation_id}/",
                    application_id=about.application_id,
                )
            )
    return tell("applications.party_invited", happened, by=SYSTEM, at=at)


def tell_answered(answered: Sequence[PartyAnswered], *, at: datetime) -> int:
    """Tell the applicant's side what a party answered."""
    happened: dict[UUID, list[Happened]] = {}
    for one in answered:
        key = UUID(one.application_id)
        told = Happened(key=f"answered:{one.confirmation_id}", outcome=one.answer, path=f"/applications/{key}/parties/")
        happened.setdefault(key, []).append(told)
    return tell_about("applications.party_answered", happened, at=at)


def tell_certificates(changed: Sequence[tuple[UUID, str]], *, at: datetime) -> int:
    """Tell holders what became of their certificates; of an enterprise's its representative. Nobody registered, nobody told."""
    known = certificates.notice_facts([certificate_id for certificate_id, _ in changed], by=SYSTEM)
    companies = identity.representatives({one.holder_id for one in known.values() if one.holder_kind == "ENTERPRISE"}, by=SYSTEM)
    happened = []
    for certificate_id, state in changed:
        one = known.get(certificate_id)
        holder = companies.get(one.holder_id, one.holder_id) if one else None
        if one is not None and holder is not None:
            happened.append(
                Happened(
                    key=f"certificate:{certificate_id}:{state}:{at.isoformat()}",
                    outcome=state,
                    words={"certificate": one.name, "department": one.issuer},
                    people={"holder": holder},
                    path=f"/certificates/{certificate_id}/",
                )
            )
    return tell("certificates.state-changed", happened, by=SYSTEM, at=at)


def tell_ripe(ripe: Sequence[ItemRipe], *, at: datetime) -> int:
    """Tell applicants what they can apply for now; what is no longer offered is passed over."""
    happened: dict[UUID, list[Happened]] = {}
    for one in ripe:
        key = UUID(one.application_id)
        version = catalogue.find_current_id(SINGLE_PREFIX + one.item_code, clock.today(at))
        if version is not None:
            words = {"item": catalogue.get_version(version).name, "date": day_text(one.since)}
            told = Happened(key=f"ripe:{key}:{one.item_code}", words=words, path=f"/items/{one.item_code}/")
            happened.setdefault(key, []).append(told)
    return tell_about("applications.item_ripe", happened, at=at)


def tell_mandates(event: str, mandate_ids: Sequence[UUID], *, at: datetime) -> int:
    """Tell both sides of mandates, each with the other's masked name."""
    return sum(_tell_mandate(event, mandate_id, at) for mandate_id in mandate_ids)


def _tell_mandate(event: str, mandate_id: UUID, at: datetime) -> int:
    sides = identity.mandate_sides(mandate_id, by=SYSTEM)
    if sides is None:
        return 0
    key, date = f"{event}:{mandate_id}", day_text(sides.valid_to)
    agent = identity.contacts([sides.agent_person_id], by=SYSTEM).get(sides.agent_person_id)
    happened = [
        Happened(
            key=key,
            words={"person": as_text(sides.principal_name), "date": date},
            people={"agent": sides.agent_person_id},
            path="/me/",
        )
    ]
    if sides.principal_person_id is not None and agent is not None:
        words = {"person": as_text(agent.masked_name), "date": date}
        happened.append(Happened(key=key, words=words, people={"applicant": sides.principal_person_id}, path="/me/"))
    return tell(event, happened, by=SYSTEM, at=at)
