"""Verifying a certificate's file by itself: what it says, whether its seal holds, in three separate answers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from yijianshi.certificates.logic import metadata, pdf_seal, revisions
from yijianshi.kernel.errors import DomainError, Invalid
from yijianshi.kernel.ofd import reader, signatures
from yijianshi.kernel.pki import authority, certificates, chain
from yijianshi.kernel.seals import verifying
from yijianshi.kernel.text import Text

MAX_BYTES = 16 * 1024 * 1024
INTACT = Text("文件没有改动", "The file is unchanged")
NOT_INTACT = Text("文件或印章被改过", "The file or its seal was altered")
ENTITLED = Text("盖章时有权盖这枚章", "Whoever sealed it was entitled to then")
NOT_ENTITLED = Text("盖章时无权盖这枚章", "Whoever sealed it was not entitled to then")
VALID = Text("印章和证书现在仍然有效", "Seal and certificates still hold")
NOT_VALID = Text("印章或证书现在已经失效", "Seal or certificates no longer hold")
SIGNER = "签署人"  # what a signed file says of who signed
_OF_SEALS = ((ENTITLED, NOT_ENTITLED), (VALID, NOT_VALID))
_OF_PERSONS = (
    (
        Text("签名人签的时候，证书有效", "The signer's certificate held at the time of signing"),
        Text("签名人签的时候，证书无效", "The signer's certificate did not hold at the time of signing"),
    ),
    (
        Text("签名证书现在仍然有效", "The signer's certificate still holds"),
        Text("签名证书现在已经失效", "The signer's certificate no longer holds"),
    ),
)


class NotACertificateFile(Invalid):
    """这不是证照文件：只能核验 PDF 或 OFD 格式、不超过 16 MB 的文件。

    This is no certificate file: only PDF or OFD files of up to 16 MB can be verified.
    """


class TrustUnreadable(Invalid):
    """可信名单读不出来，或者不完整。请重新取得：/api/v1/log/trust。

    The file of those you trust cannot be read or is not whole. Please get it again: /api/v1/log/trust.
    """


@dataclass(frozen=True, slots=True)
class Signature:
    """One of several seals or signatures of a file: what is said with it, and what it proves."""

    says: Mapping[str, str] = field(repr=False)
    seal: verifying.Verdict


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What a file says of its certificate, and what its seal proves; *sha256* finds it in our own records.

    Of several *signatures*, ``seal`` is the first that does not hold, else the last.
    """

    kind: str
    says: Mapping[str, str] = field(repr=False)
    seal: verifying.Verdict
    sha256: str
    altered: tuple[str, ...] = ()
    signatures: tuple["Signature", ...] = ()
    overlaid: int = 0  # after which of the signatures the content was changed

    @property
    def answers(self) -> tuple[tuple[bool, Text], ...]:
        """Return the three answers in words."""
        entitled, valid = _OF_PERSONS if self.is_signed else _OF_SEALS
        given = (
            (self.seal.intact, INTACT, NOT_INTACT),
            (self.seal.entitled, *entitled),
            (self.seal.valid_now, *valid),
        )
        return tuple((holds, good if holds else bad) for holds, good, bad in given)

    @property
    def is_signed(self) -> bool:
        """Say whether a person signed it, rather than an office sealed it."""
        return SIGNER in self.says

    @property
    def why(self) -> Text | None:
        """Return the first thing that is wrong, in words."""
        failed = self.seal.failed
        if self.altered:
            names = ", ".join(self.altered[:3])
            return Text(f"文件里的 {names} 在盖章以后被改过", f"{names} in the file was altered after sealing")
        if self.overlaid:
            return revisions.CHANGED.format(number=self.overlaid)
        if failed is not None:
            return Text(f"{failed.name.zh}：{failed.finding.zh}", f"{failed.name.en}: {failed.finding.en}")
        return self.seal.why_not_now


def check(content: bytes, trusted: chain.Trusted, *, at: datetime) -> FileVerdict:
    """Return the verdict on a file, with validity now judged at *at*; raises NotACertificateFile, NoSeal, SealTornOff."""
    if len(content) > MAX_BYTES:
        raise NotACertificateFile
    kind = next((name for name, beginning in _BEGINNINGS.items() if content.startswith(beginning)), None)
    if kind is None:
        raise NotACertificateFile
    parts = _FINDERS[kind](content)
    given = tuple(_judged(part, trusted, at) for part in parts)
    overlaid = _overlaid(content, parts) if all(one.seal.intact for one in given) else 0
    chosen = next((one for one in given if not one.seal.valid_now), given[-1])
    seal = replace(chosen.seal, intact=False, entitled=False, valid_now=False) if overlaid else chosen.seal
    found = hashlib.sha256(content).hexdigest()
    return FileVerdict(kind, chosen.says, seal, found, parts[-1].altered, given, overlaid)


def _judged(part: "_Part", trusted: chain.Trusted, at: datetime) -> Signature:
    # what the list of an OFD does not fit is altered, whoever sealed the list
    data_hash = b"" if part.altered else part.data_hash
    return Signature(part.says, verifying.verify(part.sealing, data_hash=data_hash, trusted=trusted, at=at))


def _overlaid(content: bytes, parts: "Sequence[_Part]") -> int:
    """Return the number of the first signature after which more than signatures was added, 0 for none."""
    for number, (one, following) in enumerate(pairwise(parts), start=1):
        if not revisions.only_signed(content[: one.end], content[: following.end]):
            return number
    return 0


def read_trust(content: object) -> chain.Trusted:
    """Return whom a trust file trusts: ``{"roots": [hex, …], "lists": [hex, …]}``; raises TrustUnreadable."""
    try:
        parts = dict(content)  # type: ignore[call-overload]
        roots = [certificates.parse(bytes.fromhex(one)) for one in parts["roots"]]
        lists = {}
        for one in parts.get("lists", ()):
            issuer, known = _list(bytes.fromhex(one), roots)
            lists[issuer] = known
    except (KeyError, TypeError, ValueError, DomainError) as error:
        raise TrustUnreadable from error
    return chain.Trusted(roots, (), lists)


def _list(der: bytes, roots: list[certificates.Certificate]) -> tuple[str, authority.RevocationList]:
    for root in roots:
        try:
            return root.fingerprint, authority.parse_list(der, root)
        except authority.RevocationListUnreadable:
            continue
    raise TrustUnreadable


@dataclass(frozen=True, slots=True)
class _Part:
    sealing: bytes = field(repr=False)
    data_hash: bytes
    says: Mapping[str, str] = field(repr=False)
    altered: tuple[str, ...] = ()
    end: int = 0


def _in_pdf(content: bytes) -> list[_Part]:
    found = pdf_seal.find_seals(content)
    return [_Part(one.sealing, one.data_hash, metadata.read_text(one.metadata), end=one.end) for one in found]


def _in_ofd(content: bytes) -> list[_Part]:
    opened = reader.open_ofd(content)
    found = signatures.find(opened.files)
    return [_Part(found.sealing, found.data_hash, opened.custom, found.altered)]


_BEGINNINGS = {"PDF": b"%PDF-", "OFD": b"PK\x03\x04"}
_FINDERS = {"PDF": _in_pdf, "OFD": _in_ofd}
