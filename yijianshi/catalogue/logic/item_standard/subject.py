"""An item together with all the standard's elements are read from: its materials, its version, and the office of a region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from yijianshi.catalogue.logic.schema import CertificateType, Item, Material
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.identifiers import item_code
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Office:
    """The organisation competent for an item in a region, as the guide names it."""

    name: Text
    uscc: str
    level: str
    address: Text | None
    phone: str
    complaint_phone: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is described; without an office the region is not chosen yet, or nobody there is competent."""

    item: Item
    materials: Sequence[Material] = ()
    certificates: Sequence[CertificateType] = ()
    result: Text | None = None
    region: str = ""
    region_name: str = ""
    office: Office | None = None
    department: Text | None = None
    version: int | None = None
    effective_on: date | None = None
    said_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def task_code(self) -> str | None:
        """Return 实施编码 of this office, where the item has its national code; None where it cannot be made."""
        catalog = self.item.catalog_code
        if catalog is None or self.office is None:
            return None
        try:
            return item_code.compose_task_code(self.office.uscc, self.office.level, catalog)
        except DomainError:
            return None

    @property
    def handling_code(self) -> str | None:
        """Return 业务办理项编码: 实施编码 with the authored serial."""
        serial = self.item.standard.codes.handling_serial
        return item_code.compose_handling_code(self.task_code, serial) if self.task_code and serial else None

    @property
    def consult_phone(self) -> str:
        """Return the number to ask at: the item's or region's own, else the office's."""
        return self.item.consult_phone or (self.office.phone if self.office else "") or ""

    @property
    def complaint_phone(self) -> str:
        """Return the number to complain at, else the hotline that takes every complaint."""
        return self.item.complaint_phone or (self.office.complaint_phone if self.office else "") or "12345"

    @property
    def address(self) -> Text | None:
        """Return where to go: as authored or bound, else the office's address."""
        return self.item.standard.place.address or (self.office.address if self.office else None)
