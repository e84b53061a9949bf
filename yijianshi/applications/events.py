"""What happened to applications: ids only, past tense."""

from dataclasses import dataclass
from datetime import date

from yijianshi.foundation.events import event


@event("applications.submitted")
@dataclass(frozen=True)
class ApplicationSubmitted:
    """An applicant submitted one thing; its cases can be made."""

    application_id: str


@event("applications.forwarded")
@dataclass(frozen=True)
class ApplicationForwarded:
    """An applicant submitted a thing of another region; it is to be brought there, and its cases are made there."""

    application_id: str


@event("applications.party_invited")
@dataclass(frozen=True)
class PartyInvited:
    """Another party was asked to agree to a draft; *person_id* when that person is registered."""

    invitation_id: str
    application_id: str
    revision: int
    person_id: str | None


@event("applications.party_answered")
@dataclass(frozen=True)
class PartyAnswered:
    """A party agreed to a draft or declined; *answer* is CONFIRMED or DECLINED."""

    confirmation_id: str
    application_id: str
    answer: str


@event("applications.item_ripe")
@dataclass(frozen=True)
class ItemRipe:
    """What was too early when an application was submitted can be applied for since the day *since*."""

    application_id: str
    item_code: str
    since: date
