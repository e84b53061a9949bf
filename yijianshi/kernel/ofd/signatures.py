"""Signatures of an OFD (GB/T 33190-2016 chapter 18 [L]): SM3 of every file in the package, and a sealing over that list."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.ofd import package
from yijianshi.kernel.ofd.xml import SPACE, element, find_all, find_text, parse, to_bytes, within
from yijianshi.kernel.pki import oids

_LIST = "Doc_0/Signs/Signatures.xml"
_ROOT = "OFD.xml"


class NoSignature(Invalid):
    """这个 OFD 文件没有电子印章，无法验章。

    The OFD file has no electronic seal, so there is nothing to verify.
    """


class UnknownDigest(Invalid):
    """OFD 签名用了不认识的摘要算法 {method}，只接受 SM3。

    The signature of the OFD file uses an unknown digest {method}; only SM3 is accepted.
    """


class SignatureIncomplete(Invalid):
    """OFD 文件里的签名残缺：{why}。

    The signature in the OFD file is incomplete: {why}.
    """


@dataclass(frozen=True, slots=True)
class Place:
    """Where the seal is drawn: the number of the page's object, and the box in millimetres."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Prepared:
    """A package that waits for its sealing, whose digest is *data_hash*."""

    files: Mapping[str, bytes] = field(repr=False)
    folder: str
    data_hash: bytes

    @property
    def property_info(self) -> str:
        """Return the name of the file the sealing is over."""
        return f"/{self.folder}/Signature.xml"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was found; *altered* names every file that is not as it was signed, or was added later."""

    sealing: bytes = field(repr=False)
    data_hash: bytes
    altered: tuple[str, ...]


def prepare(content: bytes, place: Place, *, at: datetime, provider: str = "Yijianshi") -> Prepared:
    """Return the package with the list of all its files, ready to be sealed."""
    files = package.unpack(content)
    if _LIST in files:
        raise SignatureIncomplete(why="it is signed already")
    files[_ROOT] = _with_list(files[_ROOT])
    folder = "Doc_0/Signs/Sign_0"
    signature = _signature(files, place, at, provider)
    files[_LIST] = _listing()
    files[f"{folder}/Signature.xml"] = signature
    return Prepared(files, folder, hashlib.new("sm3", signature).digest())


def finish(prepared: Prepared, sealing: bytes, seal: bytes) -> bytes:
    """Return the signed package; *seal* is the seal alone, for viewers that draw it."""
    folder = prepared.folder
    return package.pack({**prepared.files, f"{folder}/SignedValue.dat": sealing, f"{folder}/Seal.esl": seal})


def find(files: Mapping[str, bytes]) -> Signature:
    """Return the signature of an unpacked package; raises NoSignature, SignatureIncomplete, UnknownDigest."""
    if _LIST not in files:
        raise NoSignature
    listed = find_all(parse(_LIST, files[_LIST]), "Signature")
    if len(listed) != 1:
        raise SignatureIncomplete(why="there is not exactly one")
    path = listed[0].get("BaseLoc", "").lstrip("/")
    if path not in files:
        raise SignatureIncomplete(why="its description is missing")
    signature = parse(path, files[path])
    folder = path.rpartition("/")[0]
    value = find_text(signature, "SignedValue").lstrip("/") or f"{folder}/SignedValue.dat"
    if value not in files:
        raise SignatureIncomplete(why="its value is missing")
    own = {_LIST, path, value, f"{folder}/Seal.esl"}
    return Signature(files[value], hashlib.new("sm3", files[path]).digest(), _altered(signature, files, own))


def _altered(signature: Element, files: Mapping[str, bytes], own: set[str]) -> tuple[str, ...]:
    lists = find_all(signature, "References")
    method = lists[0].get("CheckMethod", "") if len(lists) == 1 else ""
    if method != oids.SM3:
        raise UnknownDigest(method=method[:60] or "-")
    signed = {}
    for one in find_all(lists[0], "Reference"):
        signed[one.get("FileRef", "").lstrip("/")] = find_text(one, "CheckValue")
    found = [name for name, value in signed.items() if name not in files or _check_value(files[name]) != value]
    return tuple(sorted({*found, *(name for name in files if name not in signed and name not in own)}))


def _signature(files: Mapping[str, bytes], place: Place, at: datetime, provider: str) -> bytes:
    root = element("Signature")
    info = within(root, "SignedInfo")
    within(info, "Provider", ProviderName=provider, Version="1.0", Company=provider)
    within(info, "SignatureMethod", oids.SM2_WITH_SM3)
    within(info, "SignatureDateTime", at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ"))
    listed = within(info, "References", CheckMethod=oids.SM3)
    for name, content in files.items():
        within(within(listed, "Reference", FileRef=f"/{name}"), "CheckValue", _check_value(content))
    box = f"{place.x:g} {place.y:g} {place.width:g} {place.height:g}"
    within(info, "StampAnnot", ID="1", PageRef=place.page, Boundary=box)
    within(within(info, "Seal"), "BaseLoc", "/Doc_0/Signs/Sign_0/Seal.esl")
    within(root, "SignedValue", "/Doc_0/Signs/Sign_0/SignedValue.dat")
    return to_bytes(root)


def _listing() -> bytes:
    root = element("Signatures")
    within(root, "MaxSignId", "1")
    within(root, "Signature", ID="1", Type="Seal", BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml")
    return to_bytes(root)


def _with_list(content: bytes) -> bytes:
    root = parse(_ROOT, content)
    body = root.find(f"{{{SPACE}}}DocBody")
    if body is None:
        raise SignatureIncomplete(why="OFD.xml names no document")
    within(body, "Signatures", _LIST)
    return to_bytes(root)


def _check_value(content: bytes) -> str:
    return b64encode(hashlib.new("sm3", content).digest()).decode()
