"""The custody receipt: what one side gave and the other took, as one text that both sign. Values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Given:
    """One paper or file given: the material it is for, the SHA-256 of the file (empty for a paper), and its name."""

    material: str
    digest: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """One side's signature under a custody text: who, with which key, when, and the 64 bytes r‖s in base64."""

    by: str
    key: str
    at: str
    signature: str

    def to_json(self) -> dict[str, str]:
        """Return it as it travels."""
        return {"by": self.by, "key": self.key, "at": self.at, "signature": self.signature}

    @classmethod
    def from_json(cls, found: Mapping[str, object]) -> "Signature":
        """Return it from its JSON form; what is missing is empty and will not verify."""
        return cls(*(str(found.get(name) or "") for name in ("by", "key", "at", "signature")))


def handing_over(number: str, thing: str, sha: str, given: Iterable[Given], originals: Sequence[str], parcel: str) -> str:
    """Return what the origin gives out of its hands, one line for each thing, in a fixed order."""
    lines = ["yijianshi-custody-1", f"number {number}", f"thing {thing} {sha}"]
    lines += sorted(f"file {one.material} {one.digest}" for one in given)
    lines += sorted(f"original-seen {code}" for code in originals)
    return "\n".join([*lines, f"parcel {parcel or '-'}"])


def results(number: str, digests: Iterable[str]) -> str:
    """Return what the origin received from the home in the end."""
    return "\n".join(["yijianshi-results-1", f"number {number}", *sorted(f"file {digest}" for digest in digests)])


def signed_text(text: str, by: str, at: str) -> bytes:
    """Return the bytes under a signature: the text, who signs, and when."""
    return f"{text}\nsigned {by} {at}".encode()


def moment(at: datetime) -> str:
    """Return a moment as it stands in a receipt."""
    return at.isoformat(timespec="seconds")
