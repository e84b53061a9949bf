"""The elements of the national item standard (事项要素, GB/T 39554.2, GB/T 39046 table 4) that nothing else says, in groups.

Everything here may be left out. What can be worked out is never typed: whether an item is online, its review type, its codes at
an organisation, whether a commitment or a deferral is possible (``logic/item_standard``).
"""

from datetime import date
from typing import Literal

from pydantic import Field

from yijianshi.catalogue.logic.schema.base import Citation, Confidence, Strict, T

HandleForm = Literal["1", "2", "3", "4", "9"]  # GB/T 39046 A.5
WebAddress = str


class Layer(Strict):
    """Where the item stands of 主项 → 子项 → 业务办理项; ``situation`` is what the smallest unit is about (新设, 变更 …)."""

    main: T
    sub: T | None = None
    situation: T | None = None


class LocalCodes(Strict):
    """Codes beside the national ones; ``handling_serial`` makes the 业务办理项编码 of the 实施编码."""

    catalog: str | None = Field(default=None, max_length=64)
    task: str | None = Field(default=None, max_length=64)
    handling_serial: str | None = Field(default=None, pattern=r"^[0-9A-Z]{2}$")


class Authority(Strict):
    """Who may do it, by what right, with whom."""

    body_nature: Literal["1", "2", "3", "9"] = "1"
    power_source: Literal[
        "STATUTORY", "HANDED_DOWN", "GRANTED_FROM_ABOVE", "GRANTED_BY_PEER", "COMMISSIONED_FROM_ABOVE", "COMMISSIONED_BY_PEER"
    ] = "STATUTORY"
    commissioned_by: T | None = None
    guided_by: T | None = None
    joint_bodies: tuple[T, ...] = ()
    received_by: T | None = None
    split: T | None = None


class SpecialProcedure(Strict):
    """A procedure the time limit stands still or grows for (A.7): 1 an extension, 2 hearing, test, appraisal and the like."""

    code: Literal["1", "2"]
    name: T
    limit: T | None = None
    basis: Citation | None = None
    confidence: Confidence


class Intermediary(Strict):
    """A service (中介服务) one needs from a third party before applying."""

    name: T
    basis: Citation
    confidence: Confidence


class Admission(Strict):
    """Who is admitted, on what conditions, by what standard, and with which rights and duties."""

    conditions: tuple[T, ...] = ()
    review: tuple[T, ...] = ()
    quantity_limit: T | None = None
    special_procedures: tuple[SpecialProcedure, ...] = ()
    intermediaries: tuple[Intermediary, ...] = ()
    rights: tuple[T, ...] = ()
    duties: tuple[T, ...] = ()


class Channels(Strict):
    """How one can apply; without ``forms`` the visits say whether the counter or the web is meant."""

    forms: tuple[HandleForm, ...] = ()
    depth: Literal["1", "2", "3", "4"] | None = None
    online_url: WebAddress | None = Field(default=None, pattern=r"^https?://\S+$", max_length=300)
    mobile_url: WebAddress | None = Field(default=None, pattern=r"^https?://\S+$", max_length=300)
    single_login: bool = True
    area: Literal["NATION", "PROVINCES", "PROVINCE", "CITIES", "CITY", "COUNTIES", "LOCAL"] = "LOCAL"
    area_mode: Literal["ONLINE", "RECEIVED_FOR", "JOINT"] | None = None
    mail_materials: bool = False
    mail_result: bool = False
    self_service: bool = False
    booking: T | None = None
    booking_daily: int | None = Field(default=None, ge=1, le=100_000)


class ServicePlace(Strict):
    """Where and when there is somebody; what is not said is the competent organisation's own."""

    center: T | None = None
    address: T | None = None
    hours: T | None = None
    transport: T | None = None
    windows: T | None = None
    consult_way: T | None = None
    complaint_way: T | None = None
    town_code: str | None = Field(default=None, pattern=r"^\d{9}$")
    village_code: str | None = Field(default=None, pattern=r"^\d{12}$")


class Outcome(Strict):
    """What comes out, where the certificates the item produces do not say it."""

    type: Literal["CERTIFICATE", "DOCUMENT", "APPROVAL", "SERVICE"] | None = None
    sample: T | None = None


class Dates(Strict):
    """From and until when this item may be applied for on its own; a new state of the law is a new published version."""

    effective_on: date | None = None
    ends_on: date | None = None
    note: T | None = None


class RunningSystem(Strict):
    """The system the department works in."""

    name: T
    level: Literal["NATION", "PROVINCE", "CITY"]
    net: Literal["INTERNET", "GOVERNMENT", "DEPARTMENT"]


class Standard(Strict):
    """All groups of an item file's ``standard:``."""

    layer: Layer | None = None
    codes: LocalCodes = LocalCodes()
    authority: Authority = Authority()
    topics: tuple[T, ...] = ()
    topics_for: Literal["PERSON", "BUSINESS"] | None = None
    admission: Admission = Admission()
    channels: Channels = Channels()
    place: ServicePlace = ServicePlace()
    outcome: Outcome = Outcome()
    dates: Dates = Dates()
    system: RunningSystem | None = None


class MaterialStandard(Strict):
    """The material sub-table: what its satisfiers, source and deferral do not say."""

    form: Literal["PAPER", "ELECTRONIC", "EITHER"] = "ELECTRONIC"
    originals: int = Field(default=0, ge=0, le=99)
    copies: int = Field(default=0, ge=0, le=99)
    paper: T | None = None
    issuer: T | None = None
    issued_within: T | None = None
    how_to_get: T | None = None
    filling: T | None = None
    blank_form: WebAddress | None = Field(default=None, pattern=r"^(https?://|/)\S+$", max_length=300)
    sample: WebAddress | None = Field(default=None, pattern=r"^(https?://|/)\S+$", max_length=300)
    basis: Citation | None = None
