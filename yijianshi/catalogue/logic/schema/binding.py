"""``content/bindings/<region>/<item>.yaml``: what one city or county says for itself about an item of the province's template."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import Field

from yijianshi.catalogue.logic.schema.base import Code, Confidence, Region, Strict

# What a template leaves to the region (省市县三级同要素): service, never law.
OpenElement = Literal[
    "consult_phone",
    "complaint_phone",
    "promise",
    "visits",
    "center",
    "address",
    "hours",
    "transport",
    "windows",
    "consult_way",
    "complaint_way",
    "town_code",
    "village_code",
    "online_url",
    "mobile_url",
    "mail_materials",
    "mail_result",
    "self_service",
    "booking",
    "booking_daily",
]
OPEN_BY_DEFAULT: tuple[OpenElement, ...] = get_args(OpenElement)


class Binding(Strict):
    """One region's words; ``set`` holds element → value, checked against the template by the content check (C76x)."""

    kind: Literal["binding"]
    item: Code
    region: Region
    set: dict[str, Any] = Field(min_length=1)
    confidence: Confidence

    @property
    def values(self) -> Mapping[str, Any]:
        """Return what the region says, by element."""
        return self.set
