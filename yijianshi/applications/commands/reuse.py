"""Using an earlier material again, with a consent for this one use; and noting that an original was seen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.draft import TooManyFiles
from yijianshi.applications.models import Application, Material
from yijianshi.applications.queries import store
from yijianshi.applications.queries.access import lock_owned
from yijianshi.applications.queries.drafts import NotADraft
from yijianshi.applications.queries.store import Stored
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.schema import Material as MaterialType
from yijianshi.foundation import files, history
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Conflict, Invalid, NotFound
from yijianshi.kernel.text import Text


class TooOld(Invalid):
    """以前交的这份“{name}”已经过了可以再用的日子，请交一份新的。

    The '{name}' handed in before is too old to be used again; please hand in a fresh one.
    """


class NotAgreedToReuse(Invalid):
    """要再用以前交过的材料，请先点“同意这次用它”。

    To use an earlier paper again, please agree to this use first.
    """


class WrongFormat(Invalid):
    """以前交的这份文件不是这里要的格式，请交一份新的。

    The file handed in before is not of the kind wanted here; please hand in a new one.
    """


class NothingToCompare(Conflict):
    """这份材料没有交文件，没有可以核对的。

    No file was handed in for this material, so there is nothing to compare with the original.
    """


@transaction.atomic
def reuse(*, application_id: UUID, material: str, source: UUID, agreed: bool, by: Actor, at: datetime) -> None:
    """Hand in again, in a draft, what *by* handed in for the same material with the application *source*.

    Raises NotAgreedToReuse, NotFound, TooOld, WrongFormat, TooManyFiles, NotADraft.
    """
    (draft,) = lock_owned([application_id], by=by)
    if draft.state != Application.State.DRAFT:
        raise NotADraft
    if not agreed:
        raise NotAgreedToReuse(field=material)
    thing = catalogue.get_version(draft.version_id)
    stored = store.get_stored(source, material, by=by, at=at)
    kind = thing.materials_by_code.get(material)
    if kind is None:
        raise NotFound(what=Text("这份材料", "This material"))
    if stored not in store.reusable(thing, [material], by=by, at=at).get(material, ()):
        raise TooOld(name=stored.name, field=material)
    row, _ = Material.objects.get_or_create(application=draft, code=material, defaults={"satisfier": "UPLOAD", "updated_at": at})
    _check_limits(kind, stored, len(row.files), material)
    row.files = [*row.files, *(_again(one, stored, by, at) for one in stored.files)]
    row.satisfier, row.updated_at = "UPLOAD", at
    row.save()
    about = {"material": material, "source": str(source), "sha256": [one.sha256 for one in stored.files]}
    _note(draft, "reuse_material", by, at, about)


@transaction.atomic
def mark_seen(application_id: UUID, material: str, organisation: Text, *, by: Actor, at: datetime) -> None:
    """Note that the files of a material were compared with the original; whether *by* may, the caller has checked.

    Raises NothingToCompare.
    """
    (application,) = lock_owned([application_id], by=SYSTEM)
    row = Material.objects.filter(application=application, code=material).first()
    if row is None or not row.files:
        raise NothingToCompare
    seen = {"organisation": organisation.to_json(), "at": at.isoformat(), "by": str(by.account_id)}
    row.files = [one if "seen" in one else {**one, "seen": seen} for one in row.files]
    row.save(update_fields=["files"])
    known = files.digests(UUID(one["id"]) for one in row.files)
    _note(application, "see_original", by, at, {"material": material, "sha256": sorted(known.values())})


def _check_limits(kind: MaterialType, stored: Stored, held: int, material: str) -> None:
    ways = [one for one in kind.satisfiers if one.kind == "UPLOAD"]
    limit = max((one.max_files for one in ways), default=0)
    if held + len(stored.files) > limit:
        raise TooManyFiles(name=kind.name, limit=limit, field=material)
    taken = {mime for one in ways for mime in (taken.mime for taken in files.Limits.of(one.formats, one.max_mb).taken)}
    if any(one.mime not in taken for one in stored.files):
        raise WrongFormat(field=material)


def _again(one: store.StoredFile, stored: Stored, by: Actor, at: datetime) -> Mapping[str, Any]:
    """Return the entry of a copy: where it is from, when it was first handed in, and who saw the original."""
    ref = files.copy(one.id, by=by, at=at)
    entry = {"id": str(ref.id), "name": ref.name, "size": ref.size, "mime": ref.mime, "at": at.isoformat()}
    origin = {
        "application": str(stored.application_id),
        "number": stored.number,
        "at": stored.handed_in_at.isoformat(),
        "agreed_at": at.isoformat(),
        "sha256": one.sha256,
    }
    seen = stored.seen and {"organisation": stored.seen.organisation.to_json(), "at": stored.seen.at.isoformat()}
    return {**entry, "from": origin, **({"seen": seen} if seen else {})}


def _note(application: Application, action: str, by: Actor, at: datetime, payload: Mapping[str, Any]) -> None:
    history.record(
        [
            history.Entry(
                subject_kind="application",
                subject_id=application.id,
                application_id=application.id,
                action=action,
                actor=by.to_record(),
                at=at,
                from_state=application.state,
                to_state=application.state,
                payload=dict(payload),
            )
        ]
    )
