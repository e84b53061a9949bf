from yijianshi.applications.models.application import Application
from yijianshi.applications.models.material import Letter, Material, ResultFact
from yijianshi.applications.models.moved import MovedDraft
from yijianshi.applications.models.party import Confirmation, Invitation
from yijianshi.applications.models.signing import Signature, SigningRound

__all__ = [
    "Application",
    "Confirmation",
    "Invitation",
    "Letter",
    "Material",
    "MovedDraft",
    "ResultFact",
    "Signature",
    "SigningRound",
]
