"""``content/certificates``, ``content/materials``, ``content/commitments``: what proves something, and how it can be met."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from yijianshi.catalogue.logic.schema.base import Citation, Code, Confidence, FactName, Rule, Strict, T
from yijianshi.catalogue.logic.schema.dictionary import Holder
from yijianshi.catalogue.logic.schema.standard import MaterialStandard

_APPLYING = frozenset({"applicant", "enterprise"})


class SatisfierKind(StrEnum):
    """The ordered ways to meet a material requirement (handbook 1.2)."""

    E_CERTIFICATE = "E_CERTIFICATE"
    DATA_SHARE = "DATA_SHARE"
    PRIOR_SUBMISSION = "PRIOR_SUBMISSION"
    INTERNAL_PRODUCT = "INTERNAL_PRODUCT"
    COMMITMENT = "COMMITMENT"
    DEPARTMENT_INQUIRY = "DEPARTMENT_INQUIRY"
    DEFERRED = "DEFERRED"
    UPLOAD = "UPLOAD"


class Satisfier(Strict):
    """One way to meet a material; ``holders`` lists everyone whose certificate is needed, alternatives are further entries.

    ``match``: certificate field → expression over the facts; only a certificate that says the same will do, not a sibling's.
    """

    kind: SatisfierKind
    certificate: Code | None = None
    holders: tuple[Holder, ...] = ("applicant",)
    match: dict[FactName, Rule] = {}
    register_: str | None = Field(default=None, alias="register")
    letter: Code | None = None
    formats: tuple[str, ...] = ("pdf", "jpg", "png")
    max_mb: int = Field(default=10, ge=1, le=100)
    max_files: int = Field(default=4, ge=1, le=50)

    model_config = {"populate_by_name": True}


class Deferral(Strict):
    """容缺受理: the material may follow within so many working days."""

    max_working_days: int = Field(ge=1, le=90)
    basis: Citation | None = None
    confidence: Confidence


class Freshness(Strict):
    """How long what was handed in once may be used again; ``days`` 0 means never."""

    days: int = Field(ge=0, le=3650)
    basis: Citation | None = None
    confidence: Confidence


class Material(Strict):
    """A material type, shared by all items that ask for it; with ``repeat`` it is handed in for each object of that entity."""

    kind: Literal["material"]
    code: Code
    name: T
    description: T
    how: T
    source: Literal["GOVERNMENT", "APPLICANT", "THIRD_PARTY"]
    core: bool
    repeat: str | None = None
    deferrable: Deferral | None = None
    freshness: Freshness | None = None
    satisfiers: tuple[Satisfier, ...] = Field(min_length=1)
    standard: MaterialStandard = MaterialStandard()
    note: T | None = None
    confidence: Confidence = "D"


class CertificateHolder(Strict):
    """The facts that name the holder, and whose wallet receives the certificate.

    *person*: the applicant, the enterprise, or a person of the form by entity (``mother``). What belongs to a person of the form
    goes to that person alone; the applicant is that person only where *applicant_when* holds.
    """

    name: FactName
    id_number: FactName | None = None
    person: str = Field(default="applicant", pattern=r"^[a-z][a-z0-9_]*$")
    applicant_when: Rule | None = None

    @property
    def is_named(self) -> bool:
        """Say whether a person of the form is the holder, rather than who applies."""
        return self.person not in _APPLYING

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if self.is_named and self.id_number is None:
            raise ValueError("holder-needs-id-number")
        return self


class CertificateType(Strict):
    """An e-certificate type (电子证照), GB/T 36903/36904."""

    kind: Literal["certificate"]
    code: Code
    name: T
    type_code: str | None = None
    type_code_confidence: Confidence = "unconfirmed"
    issuer_kind: Code
    holder: CertificateHolder
    number: FactName | None = None
    valid_years: int | None = Field(default=None, ge=1, le=100)
    fields: tuple[FactName, ...]
    statement: T
    layout: Literal["certificate", "card", "booklet", "notice"] = "certificate"
    confidence: Confidence = "D"


class Told(Strict):
    """One thing the authority tells before a commitment is made."""

    requirement: T
    basis: Citation | None = None
    confidence: Confidence


class Verification(Strict):
    """How and when a commitment is verified afterwards."""

    mode: str = Field(pattern=r"^[A-Z_]+$")
    within_working_days: int | None = Field(default=None, ge=0)
    basis: Citation | None = None
    confidence: Confidence


class Commitment(Strict):
    """告知承诺: what is told, what is promised, what follows if it is not kept."""

    kind: Literal["commitment"]
    code: Code
    name: T
    told: tuple[Told, ...] = Field(min_length=1)
    promises: tuple[T, ...] = Field(min_length=1)
    consequences: T
    verification: Verification
