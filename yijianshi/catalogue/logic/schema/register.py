"""``content/registers``: what other authorities keep on record, and which of it items may read instead of asking (免于提交)."""

from typing import Literal

from pydantic import Field

from yijianshi.catalogue.logic.schema.base import Citation, Code, Confidence, FactName, Rule, Strict, T
from yijianshi.catalogue.logic.schema.dictionary import ElementType, Holder


class RegisterField(Strict):
    """One field of a register by the house's name for it; a neighbour's own name stands in its mapping."""

    code: FactName
    label: T
    type: ElementType
    sensitivity: Literal["PUBLIC", "PERSONAL", "SENSITIVE"] = "PERSONAL"


class Register(Strict):
    """A register (登记簿, 库): who keeps it, about whom, and how long an answer of it counts as fresh."""

    kind: Literal["register"]
    code: Code
    name: T
    owner: Code  # kind of department
    subject: Literal["PERSON", "ENTERPRISE"]
    fields: tuple[RegisterField, ...] = Field(min_length=1)
    fresh_hours: int = Field(default=72, ge=1, le=8760)
    basis: Citation
    confidence: Confidence

    def field(self, code: str) -> RegisterField | None:
        """Return one field, or None."""
        return next((one for one in self.fields if one.code == code), None)


class RegisterUse(Strict):
    """What one item may read, about whom and why; no field that is not listed here is ever asked for.

    ``consent``: what the person is told before sensitive fields are read; without her own tick they are not (PIPL art. 29).
    """

    register_: Code = Field(alias="register")
    fields: tuple[FactName, ...] = Field(min_length=1)
    holder: Holder = "applicant"
    why: T
    when: Rule | None = None
    consent: T | None = None

    model_config = {"populate_by_name": True}
