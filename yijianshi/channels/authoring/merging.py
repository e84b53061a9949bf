"""Two texts that began as one: what each conflict offers, and the text an author's choices give."""

from collections.abc import Mapping
from dataclasses import dataclass

from yijianshi.catalogue.commands.authoring import MergeMaterial
from yijianshi.catalogue.logic.authoring.merging import Agreed, Conflict, Merged, Side, merge
from yijianshi.catalogue.queries.authoring import FileView
from yijianshi.kernel.errors import Invalid

_SIDES: Mapping[str, Side] = {"mine": "mine", "theirs": "theirs", "both": "both", "base": "base"}
WRITTEN = "written"
_SHOWN = 3


class ChooseFirst(Invalid):
    """每一处都要选一个，或者自己写。

    Please choose for every place, or write it yourself.
    """


@dataclass(frozen=True, slots=True)
class Two:
    """My text, theirs, and what both began from (None: not there); ``revision`` and ``base_sha`` say what to save against."""

    base: str | None
    mine: str | None
    theirs: str | None
    revision: int
    base_sha: str
    of_shelf: bool

    @property
    def merged(self) -> Merged:
        """Return the merge."""
        return merge(self.base, self.mine, self.theirs)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch both agree on, shortened, or a conflict with what was chosen so far."""

    conflict: Conflict | None
    lines: tuple[str, ...] = ()
    skipped: int = 0
    chosen: str = ""
    written: str = ""


def of_save(material: MergeMaterial) -> Two:
    """Return what a save that came second has to settle."""
    return Two(material.base, material.mine, material.theirs, material.revision, material.base_sha or "", False)


def of_shelf(file: FileView) -> Two:
    """Return what a proposal has to settle with what was published since."""
    return Two(file.base_text, file.text, file.shelf_text, file.revision, file.base_sha, True)


def sent(form: Mapping[str, str]) -> Two:
    """Return both texts as the form carries them."""
    base, mine, theirs = (_text(form, name) for name in ("base", "mine", "theirs"))
    revision = form.get("revision", "")
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0
    return Two(base, mine, theirs, number, form.get("base_sha", ""), form.get("of_shelf") == "1")


def settled(two: Two, form: Mapping[str, str]) -> str | None:
    """Return the text of the author's choices, None while one is missing."""
    built = []
    for part in two.merged.parts:
        text = part.text if isinstance(part, Agreed) else _chosen(part, form)
        if text is None:
            return None
        built.append(text)
    return "".join(built)


def parts(two: Two, form: Mapping[str, str]) -> list[Part]:
    """Return the stretches for the page."""
    return [
        _agreed(part.text)
        if isinstance(part, Agreed)
        else Part(part, chosen=form.get(f"choice-{part.number}", ""), written=form.get(f"written-{part.number}", part.mine))
        for part in two.merged.parts
    ]


def _chosen(part: Conflict, form: Mapping[str, str]) -> str | None:
    choice = form.get(f"choice-{part.number}", "")
    if choice == WRITTEN:
        text = form.get(f"written-{part.number}", "").replace("\r\n", "\n")
        return text if not text or text.endswith("\n") else text + "\n"
    return part.chosen(_SIDES[choice]) if choice in _SIDES else None


def _agreed(text: str) -> Part:
    lines = text.splitlines()
    if len(lines) <= 2 * _SHOWN + 1:
        return Part(None, tuple(lines))
    return Part(None, (*lines[:_SHOWN], "…", *lines[-_SHOWN:]), len(lines) - 2 * _SHOWN)


def _text(form: Mapping[str, str], name: str) -> str | None:
    """Return a text; a box of its own says that the file was not there, which an empty text does not."""
    return None if form.get(f"{name}-none") == "1" else form.get(name, "").replace("\r\n", "\n")
