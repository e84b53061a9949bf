"""Writing the shelf: from the content folder, and from a proposal; each change leaves a row that stays."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yijianshi.catalogue.logic.authoring.taking import ShelfText
from yijianshi.catalogue.models import ContentChange, ContentFile
from yijianshi.catalogue.queries.shelf import sha_of
from yijianshi.identity.logic.actor import Actor

_REMOVED_HERE = "0" * 64


def read_shelf() -> dict[str, ShelfText]:
    """Return every row of the shelf by path, also what was removed here."""
    rows = ContentFile.objects.values_list("path", "text", "shipped_text")
    return {path: ShelfText(text, shipped) for path, text, shipped in rows}


def write_shelf(
    shelf: Mapping[str, ShelfText], texts: Mapping[str, str | None], *, proposal_id: UUID | None = None, by: Actor, at: datetime
) -> None:
    """Write *texts* (None: remove) over the *shelf* as read, and what was changed; the shelf is locked by the caller."""
    put_rows({path: ShelfText(text, _shipped(shelf, path)) for path, text in texts.items()}, at)
    nothing = ShelfText(None, None)
    ContentChange.objects.bulk_create(
        ContentChange(
            path=path,
            before=shelf.get(path, nothing).text,
            text=text,
            proposal_id=proposal_id,
            changed_at=at,
            changed_by=by.to_record(),
        )
        for path, text in texts.items()
        if text != shelf.get(path, nothing).text
    )


def put_rows(rows: Mapping[str, ShelfText], at: datetime) -> None:
    """Write rows as they are; a file that is neither here nor in the folder has none."""
    gone = [path for path, row in rows.items() if row.text is None and row.shipped is None]
    ContentFile.objects.filter(path__in=gone).delete()
    ContentFile.objects.bulk_create(
        [
            ContentFile(
                path=path,
                text=row.text,
                sha=_REMOVED_HERE if row.text is None else sha_of(row.text),
                shipped_text=row.shipped,
                changed_at=at,
            )
            for path, row in rows.items()
            if path not in gone
        ],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["text", "sha", "shipped_text", "changed_at"],
    )


def _shipped(shelf: Mapping[str, ShelfText], path: str) -> str | None:
    return shelf[path].shipped if path in shelf else None
