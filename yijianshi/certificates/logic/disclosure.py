"""Showing part of a certificate: only the chosen lines, each provable, the others hidden even from who verifies.

The issuer's seal is over a list of salted digests, one for each line: SM3 over salt, label and words, each behind its length. Who
shows gives the salts of the chosen lines only. Salts are new for every showing, so two showings cannot be linked by them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.pki import chain
from yijianshi.kernel.seals import verifying
from yijianshi.kernel.text import Text

KIND = "yijianshi-disclosure/1"
SALT_BYTES = 16
AGES = (14, 18, 60, 65)  # the ages laws ask for most; a birth date answers them without being shown
_FIXED = ("kind", "name", "issuer", "purpose", "made_at", "digests")


class DisclosureUnreadable(Invalid):
    """这不是一份完整的出示文件，请让对方重新出示。

    This is not a whole showing of a certificate. Please ask to be shown it again.
    """


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can be shown or hidden; *name* tells it from the others."""

    name: str
    label: Text
    words: Text = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a showing proves: the seal's verdict, and the lines shown with whether each is the issuer's."""

    seal: verifying.Verdict
    name: str
    issuer: str
    purpose: str
    made_at: str
    lines: tuple[tuple[str, str, bool], ...] = field(repr=False)

    @property
    def holds(self) -> bool:
        """Say whether something is shown, and all of it is the issuer's and in force."""
        return self.seal.valid_now and bool(self.lines) and all(fits for _, _, fits in self.lines)


def age_lines(name: str, born_on: date, today: date) -> list[Line]:
    """Return a line for each age that a birth date answers: reached or not, on the day *today*."""
    years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    yes, no = Text("是", "yes"), Text("否", "no")
    return [Line(f"{name}:{age}", Text(f"年满 {age} 周岁", f"{age} or older"), yes if years >= age else no) for age in AGES]


def digest(salt: bytes, label: str, words: str) -> str:
    """Return the digest of one line, in hexadecimal digits."""
    parts = (salt, label.encode(), words.encode())
    return hashlib.new("sm3", b"".join(len(part).to_bytes(4) + part for part in parts)).hexdigest()


def prepare(
    lines: Sequence[Line], salts: Sequence[bytes], *, name: str, issuer: str, purpose: str, at: datetime
) -> dict[str, Any]:
    """Return the part the issuer seals; the digests are sorted, so that their order says nothing."""
    digests = sorted(digest(salt, line.label.zh, line.words.zh) for line, salt in zip(lines, salts, strict=True))
    moment = at.isoformat(timespec="seconds")
    return {"kind": KIND, "name": name, "issuer": issuer, "purpose": purpose, "made_at": moment, "digests": digests}


def hash_of(document: Mapping[str, Any]) -> bytes:
    """Return SM3 of the part that is sealed."""
    fixed = {name: document[name] for name in _FIXED}
    text = json.dumps(fixed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).digest()


def finish(
    prepared: Mapping[str, Any], sealing: bytes, lines: Sequence[Line], salts: Sequence[bytes], chosen: set[str]
) -> dict[str, Any]:
    """Return the document to hand over: the sealed part, the sealing, and salt, label and words of the chosen lines."""
    shown = [[salt.hex(), line.label.zh, line.words.zh] for line, salt in zip(lines, salts, strict=True) if line.name in chosen]
    return {**prepared, "sealing": sealing.hex(), "revealed": shown}


def check(document: object, trusted: chain.Trusted, *, at: datetime) -> Verdict:
    """Return what a showing proves, with validity now judged at *at*; raises DisclosureUnreadable."""
    try:
        given = dict(document)  # type: ignore[call-overload]
        if given["kind"] != KIND or not all(isinstance(given[name], str) for name in _FIXED[:-1]):
            raise DisclosureUnreadable
        digests = {str(one) for one in given["digests"]}
        lines = [(bytes.fromhex(salt), str(label), str(words)) for salt, label, words in given["revealed"]]
        verdict = verifying.verify(bytes.fromhex(given["sealing"]), data_hash=hash_of(given), trusted=trusted, at=at)
    except (KeyError, TypeError, ValueError) as error:
        raise DisclosureUnreadable from error
    return Verdict(
        verdict,
        given["name"],
        given["issuer"],
        given["purpose"],
        given["made_at"],
        tuple((label, words, digest(salt, label, words) in digests) for salt, label, words in lines),
    )
