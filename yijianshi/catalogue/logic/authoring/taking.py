"""What the content folder brings onto the shelf: its news where nothing was changed here, a merge where something was."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yijianshi.catalogue.logic.authoring.merging import merge


@dataclass(frozen=True, slots=True)
class ShelfText:
    """A file on the shelf: the text in use (None: removed here) and what the folder last brought (None: written here)."""

    text: str | None
    shipped: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What to write (None: remove), and the files on which folder and shelf disagree, which stay as they are here."""

    texts: Mapping[str, str | None] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()


def take(shipped: Mapping[str, str], shelf: Mapping[str, ShelfText]) -> Taken:
    """Return what becomes of the shelf when the folder brings *shipped*; files the folder did not change stay untouched."""
    texts: dict[str, str | None] = {}
    conflicts = []
    for path in sorted({*shipped, *shelf}):
        here = shelf.get(path, ShelfText(None, None))
        new = shipped.get(path)
        if new == here.shipped or new == here.text:
            continue
        if here.text == here.shipped:
            texts[path] = new
        elif new is None or here.text is None:
            conflicts.append(path)
        else:
            merged = merge(here.shipped, here.text, new)
            if merged.conflicts:
                conflicts.append(path)
            elif merged.text != here.text:
                texts[path] = merged.text
    return Taken(texts, tuple(conflicts))
