"""What happened to applications: ids only, past tense."""

from dataclasses import dataclass

from yijianshi.foundation.events import event


@event("applications.submitted")
@dataclass(frozen=True)
class ApplicationSubmitted:
    """An applicant submitted one thing; its cases can be made."""

    application_id: str
