"""Comparing what is in a package with what its manifest lists."""

from collections import Counter
from collections.abc import Iterator, Mapping

from yijianshi.kernel.archive import flaws, layout, names, xml_tree
from yijianshi.kernel.archive.manifest import Listed, Manifest
from yijianshi.kernel.archive.pack import Entry
from yijianshi.kernel.archive.problems import ArchiveProblem, Limits
from yijianshi.kernel.archive.retention import RetentionBeyondCalendar, destroy_on
from yijianshi.kernel.archive.writer import sm3
from yijianshi.kernel.archive.xml_tree import Node

_ALWAYS = ((layout.README, layout.USE_README), (layout.CONTENTS, layout.USE_CONTENTS), (layout.STEPS, layout.USE_STEPS))


def compare(listing: Manifest, files: Mapping[str, Entry], limits: Limits, required: frozenset[str]) -> Iterator[ArchiveProblem]:
    """Yield where the files differ from the list, the numbers from 1, 2, 3 …, and the list from itself."""
    yield from _bytes(listing, files)
    yield from _names(listing, files)
    yield from _numbers(listing)
    yield from _roles(listing, required)
    yield from _period(listing)
    yield from _metadata(listing, files, limits)
    yield from _steps(listing, files, limits)


def _bytes(listing: Manifest, files: Mapping[str, Entry]) -> Iterator[ArchiveProblem]:
    for one in listing.files:
        entry = files.get(one.path)
        if entry is None:
            continue
        found = sm3(entry.content)
        if found != one.sm3:
            yield flaws.DigestDiffers(file=one.path, listed=one.sm3, found=found)
        if len(entry.content) != one.size:
            yield flaws.SizeDiffers(file=one.path, listed=one.size, found=len(entry.content))
        if one.media_type != layout.media_type(one.path):
            yield flaws.MediaTypeDiffers(file=one.path, listed=names.visible(one.media_type), found=layout.media_type(one.path))


def _names(listing: Manifest, files: Mapping[str, Entry]) -> Iterator[ArchiveProblem]:
    counted = Counter(one.path for one in listing.files)
    for path, count in counted.items():
        if path not in files:
            yield flaws.FileMissing(file=path)
        if count > 1:
            yield flaws.ListedTwice(file=path)
    for path, use in _ALWAYS:
        if not any((one.path, one.use) == (path, use) for one in listing.files):
            yield flaws.FileMissing(file=path)
    for path in files:
        if path not in counted and path != layout.MANIFEST:
            yield flaws.FileUnlisted(file=path)


def _numbers(listing: Manifest) -> Iterator[ArchiveProblem]:
    papers = [one for one in listing.files if one.is_paper]
    yield from _unbroken(layout.MANIFEST, [str(one.paper) for one in papers], listing.papers)
    for number, one in enumerate(papers, 1):
        head = layout.paper_path(one.use, number, "")
        if not one.path.startswith(head):
            yield flaws.NumberingBroken(file=one.path, wanted=head, found=names.visible(one.path[: len(head)]))
    described = [one for one in listing.files if one.use == layout.USE_METADATA]
    wanted = [layout.metadata_path(number) for number in range(1, len(papers) + 1)]
    found = {one.path for one in described}
    for path in wanted:
        if path not in found:
            yield flaws.FileMissing(file=path)


def _unbroken(file: str, found: list[str], count: int) -> Iterator[ArchiveProblem]:
    for number in range(1, max(len(found), min(count, layout.MOST_PAPERS)) + 1):
        there = found[number - 1] if number <= len(found) else "–"
        wanted = str(number) if number <= count else "–"
        if there != wanted:
            yield flaws.NumberingBroken(file=file, wanted=wanted, found=names.visible(there))
            return  # everything behind a gap is shifted


def _roles(listing: Manifest, required: frozenset[str]) -> Iterator[ArchiveProblem]:
    there = {one.use for one in listing.files if one.is_paper}
    for role in sorted((required | set(listing.required)) - there):
        yield flaws.RoleMissing(file=layout.MANIFEST, role=names.visible(role))


def _period(listing: Manifest) -> Iterator[ArchiveProblem]:
    try:
        day = destroy_on(listing.retention, listing.closed_on)
    except RetentionBeyondCalendar:
        yield flaws.PeriodWrong(file=layout.MANIFEST, listed=names.visible(listing.destroy_on), found="–")
        return
    found = day.isoformat() if day else layout.NEVER
    if listing.destroy_on != found:
        yield flaws.PeriodWrong(file=layout.MANIFEST, listed=names.visible(listing.destroy_on), found=found)


def _metadata(listing: Manifest, files: Mapping[str, Entry], limits: Limits) -> Iterator[ArchiveProblem]:
    for one in listing.files:
        described = _tree(files, layout.metadata_path(one.paper), limits) if one.is_paper and one.paper is not None else None
        if described is None:
            continue
        for name, listed in _facts(one):
            if described.first(name) != listed:
                what = f"{name} {names.visible(described.first(name))!r} ≠ {listed!r}"
                yield flaws.MetadataDiffers(file=layout.metadata_path(one.paper or 0), what=what)


def _facts(one: Listed) -> tuple[tuple[str, str], ...]:
    return (
        (layout.PAPER_NUMBER, str(one.paper)),
        (layout.ROLE, one.use),
        (layout.PATH, one.path),
        (layout.MEDIA, one.media_type),
        (layout.SIZE, str(one.size)),
        (layout.DIGEST, one.sm3),
    )


def _steps(listing: Manifest, files: Mapping[str, Entry], limits: Limits) -> Iterator[ArchiveProblem]:
    tree = _tree(files, layout.STEPS, limits)
    if tree is not None:
        found = [node.attributes.get(layout.STEP_NUMBER, "") for node in tree.each(layout.STEP)]
        yield from _unbroken(layout.STEPS, found, listing.steps)


def _tree(files: Mapping[str, Entry], path: str, limits: Limits) -> Node | None:
    """Return the XML of *path*, None where it is missing or broken, which is told elsewhere."""
    entry = files.get(path)
    try:
        return xml_tree.parse(path, entry.content, limits)[0] if entry else None
    except ArchiveProblem:
        return None
