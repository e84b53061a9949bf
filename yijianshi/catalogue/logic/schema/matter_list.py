"""``content/lists``: a published list of key matters (重点事项清单) as it was issued, and what is known of each entry.

What is not known stays unknown: an entry without a name has ``name: null`` and ``confidence: unconfirmed``, and is counted.
Whether an entry runs here is never typed; it follows from the things that are published. 国发〔2024〕3号, 国办发〔2025〕24号.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from yijianshi.catalogue.logic.schema.base import Citation, Code, Confidence, Region, Strict, T

LifeCycle = Literal["PERSON", "BUSINESS"]
MatterStatus = Literal["PLANNED", "PILOT", "IN_OPERATION", "SUSPENDED"]
MatterCode = Annotated[str, StringConstraints(pattern=r"^KM-(\d{6}-)?\d{4}-\d{1,2}-\d{2}$")]

# 国办发〔2025〕24号: the domains of the two life cycles (经营主体 6, 个人 10)
DOMAINS: dict[str, tuple[str, ...]] = {
    "BUSINESS": ("准入准营", "招聘用工", "纳税缴费", "经营发展", "工程建设", "注销退出"),
    "PERSON": ("出生", "教育", "就业", "生活", "置业", "出行", "就医", "救助", "养老", "身后"),
}


class Department(Strict):
    """A department that leads or cooperates, and how sure that is."""

    name: Citation
    confidence: Confidence


class WorkGuide(Strict):
    """The work guide (工作指引) issued for the matter: what it asks for, in our words, and where to read it."""

    summary: T
    doc: Citation | None = None
    url: str | None = Field(default=None, pattern=r"^https?://\S+$", max_length=300)
    confidence: Confidence


class Metric(Strict):
    """A published before-and-after figure of some place: two numbers, or the reduction in per cent."""

    place: Citation
    measure: Literal["STEPS", "MATERIALS", "DAYS", "VISITS"]
    before: int | None = Field(default=None, ge=0, le=100_000)
    after: int | None = Field(default=None, ge=0, le=100_000)
    percent_less: Decimal | None = Field(default=None, ge=0, le=100)
    source: Citation
    confidence: Confidence

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "Metric":
        numbers = (self.before is not None, self.after is not None)
        if any(numbers) != all(numbers) or all(numbers) == (self.percent_less is not None):
            raise ValueError("metric-numbers")
        return self


class Matter(Strict):
    """One entry of a list. ``thing`` is our one-thing for it; ``continued_as`` an entry of a later list on the same matter."""

    code: MatterCode
    name: T | None
    confidence: Confidence
    life_cycle: LifeCycle | None = None
    domain: str | None = None
    lead: Department | None = None
    cooperating: tuple[Department, ...] = ()
    status: MatterStatus = "PLANNED"
    thing: Code | None = None
    continued_as: MatterCode | None = None
    work_guide: WorkGuide | None = None
    metrics: tuple[Metric, ...] = ()
    note: T | None = None


class MatterList(Strict):
    """One list: a year's batch, of the nation, a province or a city. ``count`` is the number of entries as announced."""

    kind: Literal["list"]
    code: Code
    name: T
    level: Literal["NATION", "PROVINCE", "CITY"]
    region: Region | None = None
    year: int = Field(ge=2018, le=2100)
    batch: int = Field(ge=1, le=99)
    doc: Citation | None = None
    issued_on: date | None = None
    count: int = Field(ge=1, le=500)
    confidence: Confidence
    note: T | None = None
    entries: tuple[Matter, ...] = Field(min_length=1)
