"""Writing the archive package of one finished application (DA/T 85-2019 [L]): a plain ZIP, the same bytes every time."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from yijianshi.kernel.archive import formats, layout, pack, refusals, wording
from yijianshi.kernel.archive.model import CHINA, CasePackage, Paper, Step
from yijianshi.kernel.archive.pack import Entry
from yijianshi.kernel.archive.problems import Limits
from yijianshi.kernel.archive.retention import destroy_on
from yijianshi.kernel.archive.xml_tree import Node, to_bytes


def write(package: CasePackage, limits: Limits | None = None) -> bytes:
    """Return the ZIP of *package*; equal packages give equal bytes, and ``reader.check`` finds all four answers good.

    Raises the refusals of ``refusals`` for what is too large or too many, and the problem of ``flaws`` that
    ``check`` would find in a paper (damaged, locked, active, of another format than its name).
    """
    bounds = limits or Limits()
    _refuse_papers(package, bounds)
    entries = _entries(package)
    for entry in entries:
        _refuse_size(entry.name, entry.content, bounds)
    size = sum(len(entry.content) for entry in entries)
    if size > bounds.most_total_bytes or len(entries) > bounds.most_files:
        raise refusals.PackageTooLarge(size=size, count=len(entries), most=bounds.most_total_bytes, most_files=bounds.most_files)
    return pack.pack(entries, pack.dos_time(package.closed_at.astimezone(CHINA)))


def sm3(content: bytes) -> str:
    """Return the 64 hex digits of the SM3 digest (GB/T 32905) of *content*."""
    return hashlib.new("sm3", content).hexdigest()


def _refuse_papers(package: CasePackage, limits: Limits) -> None:
    if len(package.papers) > layout.MOST_PAPERS:
        raise refusals.TooManyPapers(count=len(package.papers))
    if len(package.steps) > layout.MOST_STEPS:
        raise refusals.TooManySteps(count=len(package.steps))
    for paper in package.papers:
        _refuse_size(paper.name, paper.content, limits)
        for flaw in formats.find_flaws(paper.name, paper.content, limits):
            raise flaw


def _refuse_size(file: str, content: bytes, limits: Limits) -> None:
    if len(content) > limits.most_file_bytes:
        raise refusals.PaperTooLarge(file=file, size=len(content), most=limits.most_file_bytes)


def _entries(package: CasePackage) -> list[Entry]:
    papers, metadata = [], []
    for number, paper in enumerate(package.papers, 1):
        papers.append(Entry(layout.paper_path(paper.role.value, number, paper.name), paper.content))
        metadata.append(Entry(layout.metadata_path(number), to_bytes(_metadata(number, papers[-1].name, paper))))
    readme = Entry(layout.README, wording.readme(package).encode())
    contents = Entry(layout.CONTENTS, wording.contents(package, [entry.name for entry in papers]).encode("utf-8-sig"))
    steps = Entry(layout.STEPS, to_bytes(_steps(package.steps)))
    listed = [
        _listed(readme, layout.USE_README),
        _listed(contents, layout.USE_CONTENTS),
        _listed(steps, layout.USE_STEPS),
        *(_listed(one, paper.role.value, n) for n, (one, paper) in enumerate(zip(papers, package.papers, strict=True), 1)),
        *(_listed(one, layout.USE_METADATA, n) for n, one in enumerate(metadata, 1)),
    ]
    manifest = Entry(layout.MANIFEST, to_bytes(_manifest(package, listed)))
    return [readme, contents, manifest, steps, *papers, *metadata]


def _manifest(package: CasePackage, listed: Iterable[Node]) -> Node:
    day = destroy_on(package.retention, package.closed_on)
    items = (
        Node(layout.ITEM, children=_texts((layout.ITEM_CODE, one.code), (layout.ITEM_NAME, one.name))) for one in package.items
    )
    case = (
        *_texts((layout.NUMBER, package.number), (layout.TITLE, package.title)),
        *items,
        *_texts(
            (layout.ORGANISATION, package.organisation),
            (layout.APPLICANT, package.applicant),
            (layout.OPENED, _time(package.opened_at)),
            (layout.CLOSED, _time(package.closed_at)),
            (layout.OUTCOME, package.outcome),
            (layout.RETENTION, package.retention.value),
            (layout.DESTROY_ON, day.isoformat() if day else layout.NEVER),
            (layout.PAPER_COUNT, str(len(package.papers))),
            (layout.STEP_COUNT, str(len(package.steps))),
            *((layout.REQUIRED, role.value) for role in package.required),
        ),
        *(Node(layout.EXTRA, {layout.ITEM_NAME: name}, value) for name, value in package.extra),
    )
    return Node(
        layout.ROOT, {"格式": layout.FORMAT, "版本": layout.VERSION}, children=(Node(layout.CASE, children=case), *listed)
    )


def _listed(entry: Entry, use: str, number: int | None = None) -> Node:
    facts = {layout.PATH: entry.name, layout.USE: use}
    if number is not None:
        facts[layout.PAPER_NUMBER] = str(number)
    facts |= {
        layout.DIGEST: sm3(entry.content),
        layout.SIZE: str(len(entry.content)),
        layout.MEDIA: layout.media_type(entry.name),
    }
    return Node(layout.FILE, facts)


def _metadata(number: int, path: str, paper: Paper) -> Node:
    return Node(
        layout.PAPER_ROOT,
        children=_texts(
            (layout.PAPER_NUMBER, str(number)),
            (layout.TITLE, paper.title),
            (layout.ROLE, paper.role.value),
            (layout.NAME, paper.name),
            (layout.PATH, path),
            (layout.MEDIA, layout.media_type(path)),
            (layout.SIZE, str(len(paper.content))),
            (layout.DIGEST, sm3(paper.content)),
            (layout.MADE, _time(paper.made_at)),
            (layout.ORIGIN, paper.origin),
        ),
    )


def _steps(steps: Iterable[Step]) -> Node:
    return Node(
        layout.STEP_ROOT,
        children=tuple(
            Node(layout.STEP, {layout.STEP_NUMBER: str(number)}, children=_texts(*_fields(step)))
            for number, step in enumerate(steps, 1)
        ),
    )


def _fields(step: Step) -> Iterable[tuple[str, str]]:
    values = (_time(step.at), step.actor, step.action, step.from_state, step.to_state, step.reason, step.basis, step.leaf)
    return zip(layout.STEP_FIELDS, values, strict=True)


def _texts(*pairs: tuple[str, str]) -> tuple[Node, ...]:
    return tuple(Node(name, text=text) for name, text in pairs)


def _time(at: datetime) -> str:
    return at.astimezone(CHINA).isoformat()
