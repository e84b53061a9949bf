"""The manifest as it is read back: what should be in the package, by its own word."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from yijianshi.kernel.archive import flaws, layout, names, xml_tree
from yijianshi.kernel.archive.model import CHINA
from yijianshi.kernel.archive.problems import Limits
from yijianshi.kernel.archive.retention import Retention
from yijianshi.kernel.archive.xml_tree import Node

_DIGEST = re.compile(r"[0-9a-f]{64}")
_COUNT = re.compile(r"[0-9]{1,12}")
_ROLES = frozenset({"申请", "材料", "过程", "结果"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One file the manifest lists; *paper* is its number where it is a paper or a paper's metadata, else None."""

    path: str
    use: str
    paper: int | None
    sm3: str
    size: int
    media_type: str

    @property
    def is_paper(self) -> bool:
        """Return whether this is a paper of one of the four folders."""
        return self.use in _ROLES


@dataclass(frozen=True, slots=True)
class Manifest:
    """The case's facts and its files, as listed."""

    number: str
    title: str
    retention: Retention
    destroy_on: str
    closed_on: date
    papers: int
    steps: int
    required: tuple[str, ...]
    files: tuple[Listed, ...]


def read(content: bytes, limits: Limits) -> Manifest:
    """Return what the manifest says. Raises ManifestBroken, or the XML problems of ``xml_tree.parse``."""
    root, _ = xml_tree.parse(layout.MANIFEST, content, limits)
    if root.name != layout.ROOT or (root.attributes.get("格式"), root.attributes.get("版本")) != (layout.FORMAT, layout.VERSION):
        raise _broken(root.name)
    cases = root.each(layout.CASE)
    if len(cases) != 1:
        raise _broken(layout.CASE)
    case = cases[0]
    return Manifest(
        number=_words(case, layout.NUMBER),
        title=_words(case, layout.TITLE),
        retention=_retention(case),
        destroy_on=_words(case, layout.DESTROY_ON),
        closed_on=_day(_words(case, layout.CLOSED)),
        papers=_number(layout.PAPER_COUNT, case.first(layout.PAPER_COUNT)),
        steps=_number(layout.STEP_COUNT, case.first(layout.STEP_COUNT)),
        required=tuple(node.text for node in case.each(layout.REQUIRED)),
        files=tuple(_listed(node) for node in root.each(layout.FILE)),
    )


def _listed(node: Node) -> Listed:
    facts = node.attributes
    digest = facts.get(layout.DIGEST, "")
    if not _DIGEST.fullmatch(digest) or not facts.get(layout.PATH) or not facts.get(layout.USE):
        raise _broken(facts.get(layout.PATH) or layout.FILE)
    number, path = facts.get(layout.PAPER_NUMBER), facts[layout.PATH]
    return Listed(
        path=names.visible(path) if names.is_unsafe(path) else path,  # no file may be called so; a message will be
        use=facts[layout.USE],
        paper=None if number is None else _number(layout.PAPER_NUMBER, number),
        sm3=digest,
        size=_number(layout.SIZE, facts.get(layout.SIZE, "")),
        media_type=facts.get(layout.MEDIA, ""),
    )


def _words(case: Node, name: str) -> str:
    text = case.first(name)
    if not text:
        raise _broken(name)
    return text


def _number(name: str, text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise _broken(name)
    return int(text)


def _retention(case: Node) -> Retention:
    try:
        return Retention(case.first(layout.RETENTION))
    except ValueError as error:
        raise _broken(layout.RETENTION) from error


def _day(text: str) -> date:
    try:
        at = datetime.fromisoformat(text)
        return (at.astimezone(CHINA) if at.tzinfo else at).date()
    except (ValueError, OverflowError) as error:
        raise _broken(layout.CLOSED) from error


def _broken(what: str) -> flaws.ManifestBroken:
    return flaws.ManifestBroken(file=layout.MANIFEST, why=names.visible(what))
