"""``content/orgs``, as far as the content check looks at it; the identity room reads it in full."""

from pydantic import BaseModel, ConfigDict


class OrganisationCard(BaseModel):
    """An organisation's kind and its phones."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    code: str
    kind: str
    phone: str | None = None
    complaint_phone: str | None = None
