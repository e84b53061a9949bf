"""What happened to people and their mandates: ids only, past tense."""

from dataclasses import dataclass

from yijianshi.foundation.events import event


@event("identity.mandate_given")
@dataclass(frozen=True)
class MandateGiven:
    """Somebody let another person act for them."""

    mandate_id: str


@event("identity.mandate_ended")
@dataclass(frozen=True)
class MandateEnded:
    """A mandate was ended before its last day."""

    mandate_id: str
