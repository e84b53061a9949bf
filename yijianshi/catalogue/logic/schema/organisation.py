"""``content/departments``, and ``content/orgs`` as far as the content check looks at it; the identity room reads it in full."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from yijianshi.catalogue.logic.schema.base import Code, Strict, T
from yijianshi.catalogue.logic.schema.item import Nature


class DepartmentKind(Strict):
    """``content/departments``: what people call one kind of office, and whether it is an authority at all."""

    kind: Literal["department"]
    code: Code
    name: T
    nature: Nature = "AUTHORITY"


class OrganisationCard(BaseModel):
    """An organisation's kind and its phones."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    code: str
    kind: str
    phone: str | None = None
    complaint_phone: str | None = None
