"""What this room does when something happened here or below: tell the people concerned."""

from datetime import datetime
from uuid import UUID

from yijianshi.applications.commands import tell_outcomes
from yijianshi.applications.events import ApplicationSubmitted, ItemRipe, PartyAnswered, PartyInvited
from yijianshi.certificates.events import CertificateStateChanged
from yijianshi.foundation.events import handles
from yijianshi.identity.events import MandateEnded, MandateGiven


@handles(ApplicationSubmitted)
def when_application_submitted_tell(happened: list[ApplicationSubmitted], at: datetime) -> None:
    """Tell applicant and agent that it is with the departments."""
    tell_outcomes.tell_submitted([UUID(one.application_id) for one in happened], at=at)


@handles(PartyInvited)
def when_party_invited_tell(happened: list[PartyInvited], at: datetime) -> None:
    """Tell the party that somebody waits for their agreement."""
    tell_outcomes.tell_invited(happened, at=at)


@handles(PartyAnswered)
def when_party_answered_tell(happened: list[PartyAnswered], at: datetime) -> None:
    """Tell applicant and agent what the party said."""
    tell_outcomes.tell_answered(happened, at=at)


@handles(ItemRipe)
def when_item_ripe_tell(happened: list[ItemRipe], at: datetime) -> None:
    """Tell the applicant that what was too early can be applied for."""
    tell_outcomes.tell_ripe(happened, at=at)


@handles(CertificateStateChanged)
def when_certificate_changed_tell(happened: list[CertificateStateChanged], at: datetime) -> None:
    """Tell the holder that a certificate was suspended, restored, revoked or cancelled."""
    tell_outcomes.tell_certificates([(UUID(str(one.certificate_id)), one.state) for one in happened], at=at)


@handles(MandateGiven)
def when_mandate_given_tell(happened: list[MandateGiven], at: datetime) -> None:
    """Tell both sides of a new mandate."""
    tell_outcomes.tell_mandates("identity.mandate_given", [UUID(one.mandate_id) for one in happened], at=at)


@handles(MandateEnded)
def when_mandate_ended_tell(happened: list[MandateEnded], at: datetime) -> None:
    """Tell both sides that a mandate has ended."""
    tell_outcomes.tell_mandates("identity.mandate_ended", [UUID(one.mandate_id) for one in happened], at=at)
