"""Faces: from the catalogue at issue, from our own table ever after."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue import queries as catalogue
from yijianshi.certificates.logic.face import Face, face_from_json, face_of
from yijianshi.certificates.models import FaceRow
from yijianshi.certificates.tables import KEEP_FACES
from yijianshi.foundation.batch import Batch
from yijianshi.kernel.errors import NotFound

_loaded: dict[str, Face] = {}  # by their digest, so they never change; as many as there are kinds of certificates
_kept: set[str] = set()  # faces known to be committed; only ever a saving, never a promise


class FaceMissing(NotFound):
    """没有找到“{code}”的证照样式，无法签发。请检查已发布的内容里是否有这种证照。

    There is no face for certificates of type {code}, so none can be issued. Please check that the published content has this
    type.
    """


@lru_cache(maxsize=512)
def from_version(version_id: UUID, code: str) -> Face:
    """Return the face of a certificate type in a published version (immutable, hence cached); raises FaceMissing."""
    thing = catalogue.get_version(version_id)
    kind = thing.certificates_by_code.get(code)
    if kind is None:
        raise FaceMissing(code=code)
    return face_of(kind, thing.elements_by_name)


def keep(batch: Batch, faces: Iterable[Face]) -> None:
    """Add the faces nobody has kept yet to *batch*."""
    new = {face.sha: face.to_text() for face in faces if face.sha not in _kept}
    if new:
        batch.execute(KEEP_FACES, [list(new), list(new.values())])
        transaction.on_commit(lambda: _kept.update(new))


def forget() -> None:
    """Drop what this process knows to be kept, when the database under it was emptied or replaced."""
    _kept.clear()


def load(shas: Collection[str]) -> dict[str, Face]:
    """Return kept faces by their sha."""
    missing = set(shas) - _loaded.keys()
    if missing:
        _loaded.update((row.sha, face_from_json(row.content)) for row in FaceRow.objects.filter(sha__in=missing))
    return {sha: _loaded[sha] for sha in shas if sha in _loaded}
