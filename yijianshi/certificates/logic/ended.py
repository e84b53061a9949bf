"""The signed list of certificates that no longer hold: what a file cannot know of itself, for those who verify offline.

The list names no certificate: an entry is SM3 of the identifier and the state, so that only who holds a file can look it up.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.pki import chain, sm2

KIND = "yijianshi-ended/1"


class EndedListUnreadable(Invalid):
    """失效证照名单读不出来，或者不是可信的机构签的。请重新取得名单：/api/v1/certificates/ended，和可信公钥：/api/v1/log/trust。

    The list of certificates that no longer hold cannot be read, or nobody you trust signed it. Please get it again:
    /api/v1/certificates/ended, and the keys to trust: /api/v1/log/trust.
    """


@dataclass(frozen=True, slots=True)
class EndedList:
    """What no longer held at *at*: digest of the identifier → state, and since which day (ISO), empty where nobody knows."""

    at: datetime
    states: Mapping[str, str] = field(repr=False)
    since: Mapping[str, str] = field(repr=False)

    def state_of(self, identifier: str) -> str:
        """Return the state of a certificate that no longer holds, empty for one that is not on the list."""
        return self.states.get(digest(identifier), "")

    def day_of(self, identifier: str) -> str:
        """Return since which day it does not hold."""
        return self.since.get(digest(identifier), "")


def digest(identifier: str) -> str:
    """Return what an identifier is listed as."""
    return hashlib.new("sm3", identifier.encode()).hexdigest()


def make(ended: Iterable[tuple[str, str, date | None]], *, signer: sm2.Signer, at: datetime) -> dict[str, Any]:
    """Return the list of (identifier, state, since when), sorted and signed by the authority."""
    entries = sorted([digest(identifier), state, day.isoformat() if day else ""] for identifier, state, day in ended)
    document = {"kind": KIND, "at": at.isoformat(timespec="seconds"), "ended": entries}
    return {**document, "signature": signer.sign(_text(document)).hex()}


def read(document: object, trusted: chain.Trusted) -> EndedList:
    """Return the list once one of the trusted roots has signed it; raises EndedListUnreadable."""
    try:
        given = dict(document)  # type: ignore[call-overload]
        signature = bytes.fromhex(given.pop("signature"))
        fits = any(sm2.verify(root.public, _text(given), signature) for root in trusted.roots)
        entries = [(str(name), str(state), str(day)) for name, state, day in given["ended"]]
        at = datetime.fromisoformat(given["at"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EndedListUnreadable from error
    if not fits or given["kind"] != KIND:
        raise EndedListUnreadable
    return EndedList(at, {name: state for name, state, _ in entries}, {name: day for name, _, day in entries})


def _text(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
