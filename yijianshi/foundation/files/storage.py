"""Take a file in, keep it sealed on disk, hand it out again.

Bytes lie under ``VAR/files/ab/cd/<sha256>``, one copy however often the same file comes, sealed with SM4-GCM.
They are written before the row that names them; a row that never comes leaves an orphan, which the daily sweep removes.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings

from yijianshi.foundation import sealing
from yijianshi.foundation.files import checks, kinds, names, refusals
from yijianshi.foundation.files.kinds import Kind
from yijianshi.foundation.files.limits import MIB, Limits
from yijianshi.foundation.models import StoredFile

_CHUNK = 65_536
_GRACE = timedelta(days=1)  # an upload whose transaction is still open has no row yet


class Readable(Protocol):
    """Anything a file can be read from in pieces."""

    def read(self, size: int, /) -> bytes:
        """Return up to *size* bytes, none at the end."""


class Uploader(Protocol):
    """Whoever brings the file; ``identity``'s Actor fits."""

    @property
    def key(self) -> str:
        """Return a stable short key of the actor."""


@dataclass(frozen=True, slots=True)
class StoredFileRef:
    """A file that has been taken in: digest in hexadecimal, size in bytes, media type, clean name."""

    id: UUID
    sha256: str
    size: int
    mime: str
    name: str


def store(
    upload: Readable | bytes, *, name: str, by: Uploader, at: datetime, declared_type: str = "", limits: Limits | None = None
) -> StoredFileRef:
    """Take in one file and return its reference; reading stops at the limit, whatever length was declared.

    Raises a refusal (files/refusals.py): too large, empty, wrong kind, name at odds, damaged, locked, active, hiding more.
    """
    allowed = limits or Limits(settings.UPLOAD_MAX_BYTES)
    content = _read(upload, allowed.max_bytes)
    kind = _kind_of(content, name, declared_type, allowed)
    checks.check(kind, content)
    digest = hashlib.sha256(content).hexdigest()
    _keep(digest, content)
    row = StoredFile.objects.create(
        sha256=digest,
        size=len(content),
        mime=kind.mime,
        name=names.clean(name, _ending(name, kind)),
        stored_at=at,
        stored_by=by.key,
    )
    return _ref(row)


def keep(content: bytes, *, name: str, mime: str, by: Uploader, at: datetime) -> StoredFileRef:
    """Keep a file the house itself has made; it is not examined, so nothing from outside may come this way."""
    digest = hashlib.sha256(content).hexdigest()
    _keep(digest, content)
    return _ref(
        StoredFile.objects.create(sha256=digest, size=len(content), mime=mime, name=name[:120], stored_at=at, stored_by=by.key)
    )


def copy(file_id: UUID, *, by: Uploader, at: datetime) -> StoredFileRef:
    """Return a second reference to the same content, brought by *by*; raises FileMissing. Who may is for the caller to decide."""
    ref = get_ref(file_id)
    row = StoredFile(sha256=ref.sha256, size=ref.size, mime=ref.mime, name=ref.name, stored_at=at, stored_by=by.key)
    row.save(force_insert=True)
    return _ref(row)


def digests(file_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return file → SHA-256 (hex) of its content; files that are gone are left out."""
    return dict(StoredFile.objects.filter(id__in=list(file_ids)).values_list("id", "sha256"))


def get_ref(file_id: UUID) -> StoredFileRef:
    """Return what is known of a file; raises FileMissing."""
    row = StoredFile.objects.filter(id=file_id).first()
    if row is None:
        raise refusals.FileMissing
    return _ref(row)


def describe(file_id: UUID, *, by: Uploader) -> StoredFileRef:
    """Return what is known of a file that *by* brought; raises FileMissing for anybody else's, so that ids tell nothing."""
    row = StoredFile.objects.filter(id=file_id, stored_by=by.key).first()
    if row is None:
        raise refusals.FileMissing
    return _ref(row)


def forget(file_ids: Iterable[UUID]) -> None:
    """Drop the rows of these files; their bytes go with the next sweep unless another row names them."""
    StoredFile.objects.filter(id__in=list(file_ids)).delete()


def open_file(file_id: UUID) -> tuple[StoredFileRef, bytes]:
    """Return a file and its content, unsealed and proven unchanged; who may see it is for the caller to decide.

    Raises FileMissing, or SealBroken when the disk was tampered with.
    """
    ref = get_ref(file_id)
    try:
        body = _path(ref.sha256).read_bytes()
    except FileNotFoundError as error:
        raise refusals.FileMissing from error
    content = _unseal(ref.sha256, body)
    if hashlib.sha256(content).hexdigest() != ref.sha256:
        raise sealing.SealBroken(f"file {file_id} is not what was stored")
    return ref, content


def sweep(at: datetime) -> int:
    """Remove files no row names, older than a day, and return how many."""
    oldest = (at - _GRACE).timestamp()
    stale = [path for path in _root().glob("*/*/*") if path.is_file() and path.stat().st_mtime < oldest]
    named = set(StoredFile.objects.filter(sha256__in=[path.name for path in stale]).values_list("sha256", flat=True))
    orphans = [path for path in stale if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _read(upload: Readable | bytes, most: int) -> bytes:
    if isinstance(upload, bytes):
        content = upload[: most + 1]
    else:
        taken = bytearray()
        while len(taken) <= most and (chunk := upload.read(min(_CHUNK, most + 1 - len(taken)))):
            taken += chunk
        content = bytes(taken)
    if len(content) > most:
        raise refusals.FileTooLarge(most=f"{most / MIB:.3g}")
    if not content:
        raise refusals.FileEmpty
    return content


def _kind_of(content: bytes, name: str, declared_type: str, allowed: Limits) -> Kind:
    kind = kinds.find_kind(content)
    wanted = kinds.list_words(allowed.taken)
    if kind is None or kind not in allowed.taken:
        raise refusals.FileKindRefused(found=kind.words if kind else kinds.describe(content), wanted=wanted)
    ending = names.ending_of(name)
    if ending and ending not in kind.endings:
        raise refusals.FileNameMismatch(ending=f".{ending}", found=kind.words)
    others = {other.mime: other for other in kinds.ALL.values() if other is not kind}
    claimed = declared_type.partition(";")[0].strip().lower()
    if claimed in others:
        raise refusals.FileNameMismatch(ending=claimed, found=kind.words)
    return kind


def _ending(name: str, kind: Kind) -> str:
    return names.ending_of(name) or kind.endings[0]


def _keep(digest: str, content: bytes) -> None:
    place = _path(digest)
    if place.exists():
        os.utime(place)  # keeps the sweep away until the new row is committed
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as draft:
        draft.write(_seal(digest, content))
        draft.flush()
        os.fsync(draft.fileno())
    os.replace(draft.name, place)


def _seal(digest: str, content: bytes) -> bytes:
    key = sealing.keys()[0]
    header = key.id.encode()
    return bytes([len(header)]) + header + sealing.encrypt(sealing.file_algorithm(key.id), content, digest.encode())


def _unseal(digest: str, body: bytes) -> bytes:
    length = body[0] if body else 0
    key_id, sealed = body[1 : 1 + length].decode("ascii", "replace"), body[1 + length :]
    try:
        return sealing.decrypt(sealing.file_algorithm(key_id), sealed, digest.encode())
    except (KeyError, InvalidTag, ValueError) as error:
        raise sealing.SealBroken(f"stored file {digest} does not open") from error


def _path(digest: str) -> Path:
    return _root() / digest[:2] / digest[2:4] / digest


def _root() -> Path:
    return Path(settings.VAR) / "files"


def _ref(row: StoredFile) -> StoredFileRef:
    return StoredFileRef(row.id, row.sha256, row.size, row.mime, row.name)
