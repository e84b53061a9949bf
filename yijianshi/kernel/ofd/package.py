"""The zip of an OFD: written the same each time, read with limits, every hostile one refused by its name."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from yijianshi.kernel.errors import Invalid

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same document gives the same bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold."""

    package_bytes: int = 16 * 1024 * 1024
    total_bytes: int = 64 * 1024 * 1024
    entries: int = 500
    ratio: int = 200


class NotAPackage(Invalid):
    """这不是 OFD 文件，或者文件不完整。请重新下载后再试。

    This is not an OFD file, or the file is incomplete. Please download it again.
    """


class PackageLocked(Invalid):
    """OFD 文件加了密，打不开。请用没有加密的文件。

    The OFD file is encrypted and cannot be opened. Please use one that is not.
    """


class PackageUnfolds(Invalid):
    """OFD 文件展开后太大（或文件太多），可能是恶意构造的，没有打开。

    The OFD file unfolds into too much (or too many files); it may be made to do harm and was not opened.
    """


class PackageEscapes(Invalid):
    """OFD 文件里的“{name}”想写到包外面去，没有打开。

    "{name}" in the OFD file points outside the package; it was not opened.
    """


class PackageDoubled(Invalid):
    """OFD 文件里有两个“{name}”，不知道以哪个为准，没有打开。

    There are two "{name}" in the OFD file, and no telling which counts; it was not opened.
    """


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the package; files stand in the given order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()


def unpack(content: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """Return name → content of every file, in their order.

    Raises NotAPackage, PackageLocked, PackageUnfolds, PackageEscapes, PackageDoubled.
    """
    limits = limits or Limits()
    if len(content) > limits.package_bytes:
        raise PackageUnfolds
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _check(entries, limits)
            return {entry.filename: _read(package, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, OverflowError) as error:
        raise NotAPackage from error


def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.total_bytes:
        raise PackageUnfolds
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 1:
            raise PackageLocked
        if _escapes(name) or (entry.external_attr >> 16) & 0o170000 == 0o120000:
            raise PackageEscapes(name=name[:80])
        if name.casefold() in seen:
            raise PackageDoubled(name=name[:80])
        seen.add(name.casefold())
        if entry.file_size > limits.ratio * max(entry.compress_size, 1) + 4096:
            raise PackageUnfolds


def _escapes(name: str) -> bool:
    parts = name.split("/")
    return not name or name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts or "" in parts


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size:  # it says less than it holds
        raise PackageUnfolds
    return content
