"""The formats that last, and whether a file really is one: openable without a password, and nothing in it runs."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from yijianshi.kernel.archive import flaws, names, pdf, pictures, unpack, xml_tree
from yijianshi.kernel.archive.hostile import HostileZip
from yijianshi.kernel.archive.problems import ArchiveProblem, Limits, Question

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "ofd": "application/ofd",
        "xml": "application/xml",
        "txt": "text/plain",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
    }
)
_ALSO = {"text/xml": "application/xml"}
_RUNS = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:#!|MZ|\x7fELF|\xca\xfe\xba\xbe)|<script[\s>/]|<\?php|<%@", re.I)
_HEAD = 65_536
_ODD_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_XHTML = "http://www.w3.org/1999/xhtml"


def refuse_name(file: str, media_type: str) -> None:
    """Raise FormatNotLasting or MediaTypeDiffers when the ending or the media type of a paper will not do."""
    wanted = MEDIA_TYPES.get(names.suffix(file))
    if wanted is None:
        raise flaws.FormatNotLasting(file=file)
    if _ALSO.get(media_type, media_type) != wanted:
        raise flaws.MediaTypeDiffers(file=file, listed=media_type, found=wanted)


def find_flaws(file: str, content: bytes, limits: Limits) -> Iterator[ArchiveProblem]:
    """Yield what keeps *content* from being usable and safe under its name; never raises."""
    check = _CHECKS.get(names.suffix(file))
    if check is None:
        yield flaws.FormatNotLasting(file=file)
    else:
        yield from _found(check, file, content, limits)


def find_text_flaws(file: str, content: bytes, limits: Limits) -> Iterator[ArchiveProblem]:
    """Yield what is wrong with plain text in UTF-8, whatever its ending (the list for people ends in .csv)."""
    yield from _found(_check_text, file, content, limits)


def _found(check: Callable[[str, bytes, Limits], None], file: str, content: bytes, limits: Limits) -> Iterator[ArchiveProblem]:
    try:
        check(file, content, limits)
    except ArchiveProblem as problem:
        yield problem


def _check_text(file: str, content: bytes, limits: Limits) -> None:
    _refuse_running(file, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise flaws.TextNotUtf8(file=file) from error
    if _ODD_CONTROLS.search(text):
        raise flaws.ContentUnlikeName(file=file, wanted="TXT")


def _check_xml(file: str, content: bytes, limits: Limits) -> None:
    root, instructions = xml_tree.parse(file, content, limits)
    _refuse_running(file, content)
    if "xml-stylesheet" in instructions:
        raise flaws.FileIsActive(file=file, what="xml-stylesheet")
    waiting = [root]
    while waiting:
        node = waiting.pop()
        spaces = {value for name, value in node.attributes.items() if name.partition(":")[0] == "xmlns"}
        if node.name.rpartition(":")[2].lower() == "script" or _XHTML in spaces:
            raise flaws.FileIsActive(file=file, what=names.visible(node.name))
        waiting += node.children


def _check_ofd(file: str, content: bytes, limits: Limits) -> None:
    if not content.startswith(b"PK"):
        raise flaws.ContentUnlikeName(file=file, wanted="OFD")
    inner = replace(limits, most_total_bytes=limits.most_file_bytes)
    try:
        entries = {entry.name: entry for entry in unpack.unpack(content, inner, exact=False)}
    except HostileZip as refusal:
        if refusal.question is Question.SAFE:
            raise flaws.InnerZipRefused(file=file, why=refusal.text) from refusal
        raise flaws.FileDamaged(file=file, wanted="OFD") from refusal
    root = entries.get("OFD.xml")
    if root is None:
        raise flaws.ContentUnlikeName(file=file, wanted="OFD")
    if not all(entry.is_whole for entry in entries.values()):
        raise flaws.FileDamaged(file=file, wanted="OFD")
    if xml_tree.parse(file, root.content, limits)[0].name.rpartition(":")[2] != "OFD":  # GB/T 33190 [L]
        raise flaws.ContentUnlikeName(file=file, wanted="OFD")
    for entry in entries.values():
        _refuse_running(f"{file}/{entry.name}", entry.content)


def _refuse_running(file: str, content: bytes) -> None:
    found = _RUNS.search(content[:_HEAD])
    if found:
        raise flaws.FileIsActive(file=file, what=found.group().decode("latin-1").strip("\xef\xbb\xbf"))


_CHECKS: dict[str, Callable[[str, bytes, Limits], None]] = {
    "pdf": pdf.check,
    "ofd": _check_ofd,
    "xml": _check_xml,
    "txt": _check_text,
    "png": pictures.check_png,
    "jpg": pictures.check_jpeg,
    "jpeg": pictures.check_jpeg,
}
