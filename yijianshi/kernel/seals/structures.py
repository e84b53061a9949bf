"""The DER structures of GB/T 38540-2020 [L] (versions 4 and 5), read into plain values and written from them.

Version 5 differs by an optional time stamp on the seal [P: as a public implementation writes it].
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from asn1crypto import core

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.pki.certificates import UNREADABLE, whole_bytes

VERSIONS = (4, 5)
MAX_BYTES = 1024 * 1024
_CERTIFICATES, _DIGESTS = 1, 2


class SealUnreadable(Invalid):
    """电子印章数据读不出来：{why}。文件可能不完整，请重新取得原件。

    The data of the electronic seal cannot be read: {why}. The file may be incomplete: please get the original again.
    """


class UnknownSealVersion(Invalid):
    """电子印章是第 {version} 版的格式，这里只认第 4、5 版（GB/T 38540）。

    The electronic seal is of version {version}; only versions 4 and 5 (GB/T 38540) are read here.
    """


class _Header(core.Sequence):
    _fields = [("id", core.IA5String), ("version", core.Integer), ("vendor", core.IA5String)]


class _CertificateList(core.SequenceOf):
    _child_spec = core.OctetString


class _Digest(core.Sequence):
    _fields = [("type", core.PrintableString), ("value", core.OctetString)]


class _DigestList(core.SequenceOf):
    _child_spec = _Digest


class _Property(core.Sequence):
    _fields = [
        ("type", core.Integer),
        ("name", core.UTF8String),
        ("list_type", core.Integer),
        ("list", core.Any),
        ("created", core.GeneralizedTime),
        ("valid_from", core.GeneralizedTime),
        ("valid_to", core.GeneralizedTime),
    ]


class _Picture(core.Sequence):
    _fields = [("type", core.IA5String), ("data", core.OctetString), ("width", core.Integer), ("height", core.Integer)]


class _Extension(core.Sequence):
    _fields = [("id", core.ObjectIdentifier), ("critical", core.Boolean, {"default": False}), ("value", core.OctetString)]


class _Extensions(core.SequenceOf):
    _child_spec = _Extension


class _SealInfo(core.Sequence):
    _fields = [
        ("header", _Header),
        ("es_id", core.IA5String),
        ("property", _Property),
        ("picture", _Picture),
        ("extensions", core.Any, {"optional": True}),  # products write them with and without a tag; they are signed, not read
    ]


class _Seal(core.Sequence):
    _fields = [
        ("info", _SealInfo),
        ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier),
        ("signature", core.OctetBitString),
        ("time_stamp", core.OctetBitString, {"explicit": 0, "optional": True}),  # version 5
    ]


class _ToSign(core.Sequence):
    _fields = [
        ("version", core.Integer),
        ("seal", _Seal),
        ("time", core.GeneralizedTime),
        ("data_hash", core.OctetBitString),
        ("property_info", core.IA5String),
        ("extensions", _Extensions, {"explicit": 0, "optional": True}),
    ]


class _Sealing(core.Sequence):
    _fields = [
        ("to_sign", _ToSign),
        ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier),
        ("signature", core.OctetBitString),
        ("time_stamp", core.OctetBitString, {"explicit": 0, "optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the seal looks like: kind of file, its bytes, width and height in millimetres."""

    type: str
    data: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealInfo:
    """What the maker signs: *certificates* are those of the people or machines that may seal (DER), or *digests* their SM3."""

    es_id: str
    kind: int  # 1 organisation, 2 person
    name: str
    created_at: datetime
    valid_from: datetime
    valid_to: datetime
    picture: Picture
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    digests: tuple[bytes, ...] = ()
    vendor: str = "Yijianshi"
    version: int = 4


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as it was read; *signed* are the bytes its maker signed."""

    info: SealInfo
    certificate: bytes = field(repr=False)
    algorithm: str
    signature: bytes = field(repr=False)
    signed: bytes = field(repr=False)
    der: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealing:
    """A sealing as it was read; *data_hash* is SM3 of what was sealed, *property_info* says which part of the file that is."""

    seal: Seal
    at: datetime
    data_hash: bytes
    property_info: str
    certificate: bytes = field(repr=False)
    algorithm: str
    signature: bytes = field(repr=False)
    signed: bytes = field(repr=False)
    time_stamp: bytes = field(repr=False)
    der: bytes = field(repr=False)


def parse_seal(der: bytes) -> Seal:
    """Return the seal; raises SealUnreadable, UnknownSealVersion."""
    found: Seal = _read(der, _Seal, _seal)
    return found


def parse_sealing(der: bytes) -> Sealing:
    """Return the sealing; raises SealUnreadable, UnknownSealVersion."""
    found: Sealing = _read(der, _Sealing, _sealing)
    return found


def seal_info(info: SealInfo) -> bytes:
    """Return the bytes the maker is to sign."""
    return bytes(_info_of(info).dump())


def seal(info: SealInfo, certificate: bytes, algorithm: str, signature: bytes) -> bytes:
    """Return the finished seal."""
    parts = {"info": _info_of(info), "certificate": certificate, "algorithm": algorithm, "signature": signature}
    return bytes(_Seal(parts).dump())


def to_sign(seal_der: bytes, at: datetime, data_hash: bytes, property_info: str, version: int) -> bytes:
    """Return the bytes a sealing's signer is to sign."""
    parts = {
        "version": version,
        "seal": _Seal.load(seal_der, strict=True),
        "time": at.astimezone(UTC).replace(microsecond=0),
        "data_hash": data_hash,
        "property_info": property_info,
    }
    return bytes(_ToSign(parts).dump())


def sealing(signed: bytes, certificate: bytes, algorithm: str, signature: bytes) -> bytes:
    """Return the finished sealing."""
    parts = {
        "to_sign": _ToSign.load(signed, strict=True),
        "certificate": certificate,
        "algorithm": algorithm,
        "signature": signature,
    }
    return bytes(_Sealing(parts).dump())


def _read(der: bytes, spec: Any, to_value: Any) -> Any:
    if not der or len(der) > MAX_BYTES:
        raise SealUnreadable(why=f"empty, or over {MAX_BYTES} bytes")
    try:
        return to_value(spec.load(der, strict=True))
    except UNREADABLE as error:
        raise SealUnreadable(why=type(error).__name__) from error


def _seal(read: _Seal) -> Seal:
    info = read["info"]
    version = info["header"]["version"].native
    if info["header"]["id"].native != "ES":
        raise SealUnreadable(why="it does not begin with ES")
    if version not in VERSIONS:
        raise UnknownSealVersion(version=version)
    about, picture = info["property"], info["picture"]
    certificates, digests = _list(about["list_type"].native, about["list"])
    moments = [about[name].native for name in ("created", "valid_from", "valid_to")]
    if any(one.tzinfo is None for one in moments):
        raise SealUnreadable(why="a date without a time zone")
    return Seal(
        info=SealInfo(
            es_id=info["es_id"].native,
            kind=about["type"].native,
            name=about["name"].native,
            created_at=moments[0],
            valid_from=moments[1],
            valid_to=moments[2],
            picture=Picture(picture["type"].native, picture["data"].native, picture["width"].native, picture["height"].native),
            certificates=certificates,
            digests=digests,
            vendor=info["header"]["vendor"].native,
            version=version,
        ),
        certificate=read["certificate"].native,
        algorithm=read["algorithm"].dotted,
        signature=whole_bytes(read["signature"]),
        signed=info.dump(),
        der=read.dump(),
    )


def _sealing(read: _Sealing) -> Sealing:
    signed = read["to_sign"]
    if signed["version"].native not in VERSIONS:
        raise UnknownSealVersion(version=signed["version"].native)
    at = signed["time"].native
    if at.tzinfo is None:
        raise SealUnreadable(why="a date without a time zone")
    stamp = read["time_stamp"]
    return Sealing(
        seal=_seal(signed["seal"]),
        at=at,
        data_hash=whole_bytes(signed["data_hash"]),
        property_info=signed["property_info"].native,
        certificate=read["certificate"].native,
        algorithm=read["algorithm"].dotted,
        signature=whole_bytes(read["signature"]),
        signed=signed.dump(),
        time_stamp=whole_bytes(stamp) if stamp.native else b"",
        der=read.dump(),
    )


def _list(kind: int, given: core.Any) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    if kind == _CERTIFICATES:
        return tuple(one.native for one in given.parse(_CertificateList)), ()
    if kind == _DIGESTS:
        return (), tuple(one["value"].native for one in given.parse(_DigestList))
    raise SealUnreadable(why=f"an unknown kind of list {kind}")


def _info_of(info: SealInfo) -> _SealInfo:
    listed: Any = _CertificateList(list(info.certificates))
    if info.digests:
        listed = _DigestList([{"type": "SM3", "value": one} for one in info.digests])
    moments = [one.astimezone(UTC).replace(microsecond=0) for one in (info.created_at, info.valid_from, info.valid_to)]
    about = {
        "type": info.kind,
        "name": info.name,
        "list_type": _DIGESTS if info.digests else _CERTIFICATES,
        "list": core.Any(listed),
        "created": moments[0],
        "valid_from": moments[1],
        "valid_to": moments[2],
    }
    picture = {
        "type": info.picture.type,
        "data": info.picture.data,
        "width": info.picture.width,
        "height": info.picture.height,
    }
    header = {"id": "ES", "version": info.version, "vendor": info.vendor}
    return _SealInfo({"header": header, "es_id": info.es_id, "property": about, "picture": picture})
