"""What happened between regions: ids only, past tense."""

from dataclasses import dataclass

from yijianshi.foundation.events import event


@event("crossregion.files_arrived")
@dataclass(frozen=True)
class FilesArrived:
    """Everything that was announced for a passage has been fetched; it can be taken in, or its results shown."""

    passage_id: str


@event("crossregion.told")
@dataclass(frozen=True)
class PassageTold:
    """The person at the origin should hear of a new stage."""

    passage_id: str
    stage: str
