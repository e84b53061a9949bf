"""The sealed piece of a certificate: holder, number and values, bound to the certificate's own id."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from yijianshi.foundation import sealing
from yijianshi.kernel.identifiers.problem import normalise

HOLDER = "certificates.certificate.holder"


@dataclass(frozen=True, slots=True)
class Content:
    """What only the holder and those they authorise may read; values are JSON values by element name."""

    holder_name: str = field(repr=False)
    holder_number: str = field(repr=False)
    number: str = field(repr=False)
    values: Mapping[str, Any] = field(repr=False)

    def to_text(self) -> str:
        """Return the canonical JSON text."""
        return json.dumps(
            {"holder": [self.holder_name, self.holder_number], "number": self.number, "values": dict(self.values)},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )


def seal(content: Content, certificate_id: UUID) -> str:
    """Return the content sealed for this one certificate: copied into another row it does not open."""
    return sealing.seal(content.to_text(), _context(certificate_id))


def unseal(sealed: str, certificate_id: UUID) -> Content:
    """Return the content; raises SealBroken."""
    stored = json.loads(sealing.unseal(sealed, _context(certificate_id)))
    name, id_number = stored["holder"]
    return Content(name, id_number, stored["number"], stored["values"])


def index_holder(number: str | None) -> bytes | None:
    """Return the blind index of a holder's ID number or credit code, None when there is none (a newborn)."""
    return sealing.blind_index(normalise(number), HOLDER) if number else None


def digest(content: Content, face_sha: str, identifier: str) -> bytes:
    """Return the SM3 digest that ties identifier, face and content together."""
    parts = (identifier, face_sha, content.to_text())
    return hashlib.new("sm3", b"".join(len(raw).to_bytes(4) + raw for raw in map(str.encode, parts))).digest()


def _context(certificate_id: UUID) -> str:
    return f"certificates.certificate:{certificate_id}"
