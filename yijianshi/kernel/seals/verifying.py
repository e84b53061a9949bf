"""Verifying a sealing in eight steps (GB/T 38540-2020 [L]), with three separate answers.

*intact*: the document and everything in the sealing are as they were sealed. *entitled*: at the moment of sealing the signer was
on the seal's list, and all certificates and the seal held. *valid_now*: they still hold. What is revoked or runs out later ends
the third answer, never the second.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.pki import certificates, chain, oids, sm2
from yijianshi.kernel.pki.certificates import Certificate
from yijianshi.kernel.seals.structures import Seal, Sealing, parse_sealing
from yijianshi.kernel.text import Text

NAMES = (
    Text("格式", "format"),
    Text("签章的签名", "signature of the sealing"),
    Text("文件没有改动", "document unchanged"),
    Text("盖章人的证书", "certificate of the signer"),
    Text("盖章人在印章名单里", "signer is on the seal's list"),
    Text("印章的签名", "signature of the seal"),
    Text("制章人的证书", "certificate of the maker"),
    Text("印章的有效期", "term of the seal"),
)
GOOD = Text("符合", "good")
NOT_DONE = Text("前面一步没有通过，没有再查", "not looked at, since a step before it failed")
BAD_SIGNATURE = Text("签名不对：签章数据被改过", "wrong: the data of the sealing was altered")
BAD_ALGORITHM = Text("签名算法 {algorithm} 不认识", "unknown signature algorithm {algorithm}")
BAD_HASH = Text("文件在盖章以后被改过", "the document was altered after sealing")
NOT_LISTED = Text("盖章人不在印章的名单里，无权盖这枚章", "the signer is not on the seal's list and may not use it")
BAD_SEAL = Text(
    "印章的签名不对：印章被改过，或者不是所说的单位制的", "wrong: the seal was altered, or that maker did not make it"
)
SEAL_OVER = Text(
    "盖章时印章已过期（有效期到 {until}）", "the seal had expired at the time of sealing; it was valid until {until}"
)
SEAL_EARLY = Text(
    "盖章时印章还没有生效（{since} 起有效）", "the seal was not valid yet at the time of sealing; it is from {since}"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the eight: *passed* is None where it was not looked at."""

    name: Text
    passed: bool | None
    finding: Text
    code: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the eight steps found; empty names where the format cannot be read."""

    steps: tuple[Step, ...]
    intact: bool
    entitled: bool
    valid_now: bool
    seal_name: str = ""
    seal_id: str = ""
    signer: str = ""
    sealed_at: datetime | None = None
    why_not_now: Text | None = None

    @property
    def failed(self) -> Step | None:
        """Return the first step that failed."""
        return next((step for step in self.steps if step.passed is False), None)


class _Found(Exception):
    """A step failed."""

    def __init__(self, code: str, finding: Text) -> None:
        self.code, self.finding = code, finding


def verify(der: bytes, *, data_hash: bytes, trusted: chain.Trusted, at: datetime) -> Verdict:
    """Return the verdict on a sealing of a document whose SM3 is *data_hash*, with validity now judged at *at*; never raises."""
    try:
        sealing = parse_sealing(der)
    except DomainError as error:
        first = Step(NAMES[0], False, error.text, error.code)
        return Verdict((first, *(Step(name, None, NOT_DONE) for name in NAMES[1:])), False, False, False)
    steps = [Step(NAMES[0], True, GOOD)]
    checks = (_signature, _document(data_hash), _signer(trusted), _listed, _seal_signature, _maker(trusted), _term)
    for name, check in zip(NAMES[1:], checks, strict=True):
        steps.append(_step(name, check, sealing))
    # altered anywhere: the document, what was signed, the seal inside it, or a certificate
    forged = any(step.code == chain.CertificateForged(name="").code for step in steps)
    intact = not forged and all(steps[number].passed for number in (0, 1, 2, 5))
    entitled = intact and all(step.passed for step in steps)
    why = _why_not_now(sealing, trusted, at) if entitled else None
    return Verdict(
        tuple(steps),
        intact,
        entitled,
        entitled and why is None,
        sealing.seal.info.name,
        sealing.seal.info.es_id,
        _name_of(sealing.certificate),
        sealing.at,
        why,
    )


def _step(name: Text, check: Callable[[Sealing], None], sealing: Sealing) -> Step:
    try:
        check(sealing)
    except _Found as found:
        return Step(name, False, found.finding, found.code)
    except DomainError as error:
        return Step(name, False, error.text, error.code)
    return Step(name, True, GOOD)


def _signature(sealing: Sealing) -> None:
    _check_algorithm(sealing.algorithm)
    if not sm2.verify(certificates.parse(sealing.certificate).public, sealing.signed, sealing.signature):
        raise _Found("bad-signature", BAD_SIGNATURE)


def _document(data_hash: bytes) -> Callable[[Sealing], None]:
    def check(sealing: Sealing) -> None:
        if sealing.data_hash != data_hash:
            raise _Found("document-altered", BAD_HASH)

    return check


def _signer(trusted: chain.Trusted) -> Callable[[Sealing], None]:
    def check(sealing: Sealing) -> None:
        chain.check(certificates.parse(sealing.certificate), trusted, at=sealing.at)

    return check


def _listed(sealing: Sealing) -> None:
    info = sealing.seal.info
    digest = hashlib.new("sm3", sealing.certificate).digest()
    if sealing.certificate not in info.certificates and digest not in info.digests:
        raise _Found("signer-not-listed", NOT_LISTED)


def _seal_signature(sealing: Sealing) -> None:
    _check_algorithm(sealing.seal.algorithm)
    if not sm2.verify(_maker_of(sealing.seal).public, sealing.seal.signed, sealing.seal.signature):
        raise _Found("seal-altered", BAD_SEAL)


def _maker(trusted: chain.Trusted) -> Callable[[Sealing], None]:
    def check(sealing: Sealing) -> None:
        chain.check(_maker_of(sealing.seal), trusted, at=sealing.at)

    return check


def _term(sealing: Sealing) -> None:
    info = sealing.seal.info
    if sealing.at < info.valid_from:
        raise _Found("seal-not-yet-valid", SEAL_EARLY.format(since=f"{info.valid_from:%F %R}"))
    if sealing.at > info.valid_to:
        raise _Found("seal-expired", SEAL_OVER.format(until=f"{info.valid_to:%F %R}"))


def _why_not_now(sealing: Sealing, trusted: chain.Trusted, at: datetime) -> Text | None:
    info = sealing.seal.info
    if at > info.valid_to:
        return Text(f"印章在 {info.valid_to:%F} 以后不再有效", f"the seal ended on {info.valid_to:%F}")
    for der in (sealing.certificate, sealing.seal.certificate):
        try:
            chain.check(certificates.parse(der), trusted, at=at)
        except DomainError as error:
            return error.text
    return None


def _check_algorithm(algorithm: str) -> None:
    if algorithm != oids.SM2_WITH_SM3:
        raise _Found("unknown-algorithm", BAD_ALGORITHM.format(algorithm=algorithm))


def _maker_of(seal: Seal) -> Certificate:
    return certificates.parse(seal.certificate)


def _name_of(certificate: bytes) -> str:
    try:
        return certificates.parse(certificate).subject.common_name
    except DomainError:
        return ""
