"""What every file of a certificate says about itself, by the names of GB/T 36903-2018 [L]; the same in PDF and OFD."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The parts, as the certificate has them; *face* is label and words of each line."""

    name: str
    number: str
    identifier: str
    issuer: str
    issuer_code: str
    issued_at: datetime
    valid_from: date
    valid_to: date | None
    holder: str
    holder_kind: str
    face: Sequence[tuple[str, str]]


_KINDS = {"PERSON": "自然人", "ENTERPRISE": "法人"}


def metadata_of(about: About) -> dict[str, str]:
    """Return name → value in the order of the standard; face lines as ``照面.<label>``."""
    fixed = {
        "证照名称": about.name,
        "证照编号": about.number,
        "证照标识": about.identifier,
        "证照颁发机构": about.issuer,
        "证照颁发机构代码": about.issuer_code,
        "证照颁发日期": f"{about.issued_at:%F}",
        "证照有效期起始日期": f"{about.valid_from:%F}",
        "证照有效期截止日期": f"{about.valid_to:%F}" if about.valid_to else "长期",
        "持证主体": about.holder,
        "持证主体类别": _KINDS.get(about.holder_kind, about.holder_kind),
    }
    return fixed | {f"照面.{label}": words for label, words in about.face}


def to_text(metadata: Mapping[str, str]) -> str:
    """Return the metadata as one JSON text."""
    return json.dumps(dict(metadata), ensure_ascii=False, separators=(",", ":"))


def read_text(text: str) -> dict[str, str]:
    """Return the metadata of a file; nothing where it says nothing that can be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
