"""Checking a package someone hands over: is it true, complete, usable, safe (DA/T 85-2019 [L]); four answers, each by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from yijianshi.kernel.archive import comparison, flaws, formats, layout, manifest, pack, unpack
from yijianshi.kernel.archive.manifest import Manifest
from yijianshi.kernel.archive.model import Role
from yijianshi.kernel.archive.pack import Entry
from yijianshi.kernel.archive.problems import ArchiveProblem, Limits, Question
from yijianshi.kernel.archive.writer import sm3


class Verdict(StrEnum):
    """NOT_EXAMINED is never a yes: the package was refused, or had no list to compare with."""

    YES = "yes"
    NO = "no"
    NOT_EXAMINED = "not-examined"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; each problem carries its file, its code and its words in both languages."""

    question: Question
    verdict: Verdict
    problems: tuple[ArchiveProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The four answers, what the package says of itself, and whether it is byte for byte as ``write`` makes one."""

    true: Answer
    complete: Answer
    usable: Answer
    safe: Answer
    number: str = ""
    title: str = ""
    manifest_sm3: str = ""
    is_anchored: bool = False  # the manifest's digest was compared with one recorded elsewhere, and fits
    is_as_written: bool = False

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return true, complete, usable, safe, in this order."""
        return self.true, self.complete, self.usable, self.safe

    @property
    def is_good(self) -> bool:
        """Return whether all four answers are yes."""
        return all(answer.verdict is Verdict.YES for answer in self.answers)

    @property
    def problems(self) -> tuple[ArchiveProblem, ...]:
        """Return every problem, in the order of the questions."""
        return tuple(problem for answer in self.answers for problem in answer.problems)


def open_package(data: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """Return path → content of a package's files, in its order. Raises the refusals of ``hostile``; checks nothing else."""
    return {entry.name: entry.content for entry in unpack.unpack(data, limits or Limits())}


def fingerprint(data: bytes, limits: Limits | None = None) -> str:
    """Return the SM3 of the package's manifest, the one value to be kept elsewhere.

    Raises the refusals of ``hostile``, and ManifestMissing.
    """
    content = open_package(data, limits).get(layout.MANIFEST)
    if content is None:
        raise flaws.ManifestMissing(file=layout.MANIFEST)
    return sm3(content)


def check(data: bytes, limits: Limits | None = None, *, required: Iterable[Role] = (), manifest_sm3: str | None = None) -> Report:
    """Return the four answers about the bytes *data*; raises nothing, however bad they are.

    *required* adds roles to those the package itself declares; *manifest_sm3* is the digest recorded at the handing over,
    without which a package that was rewritten as a whole cannot be told from a true one.
    """
    bounds = limits or Limits()
    try:
        entries = unpack.unpack(data, bounds)
    except ArchiveProblem as refusal:
        return _refused(refusal)
    files = {entry.name: entry for entry in entries}
    there = files.get(layout.MANIFEST)
    digest = sm3(there.content) if there else ""
    listing, problems = _read_manifest(there, bounds)
    problems += _damage(entries)
    if manifest_sm3 is not None and there and digest != manifest_sm3.lower():
        problems.append(flaws.ManifestReplaced(file=layout.MANIFEST, listed=manifest_sm3, found=digest))
    if listing:
        problems += comparison.compare(listing, files, bounds, frozenset(role.value for role in required))
    problems += _contents(entries, bounds)
    return Report(
        *_four(problems, is_listed=listing is not None),
        number=listing.number if listing else "",
        title=listing.title if listing else "",
        manifest_sm3=digest,
        is_anchored=manifest_sm3 is not None and digest == manifest_sm3.lower(),
        is_as_written=_is_as_written(data, entries),
    )


def _read_manifest(there: Entry | None, limits: Limits) -> tuple[Manifest | None, list[ArchiveProblem]]:
    if there is None:
        return None, [flaws.ManifestMissing(file=layout.MANIFEST)]
    try:
        return manifest.read(there.content, limits), []
    except flaws.XmlBroken as problem:
        return None, [flaws.ManifestBroken(file=layout.MANIFEST, why=problem.text)]
    except flaws.ManifestBroken as problem:
        return None, [problem]
    except ArchiveProblem as problem:  # DOCTYPE, depth: found again with the contents
        return None, [flaws.ManifestBroken(file=layout.MANIFEST, why=problem.text)]


def _damage(entries: Iterable[Entry]) -> list[ArchiveProblem]:
    return [flaws.BytesDamaged(file=entry.name) for entry in entries if not entry.is_whole]


def _contents(entries: Iterable[Entry], limits: Limits) -> Iterator[ArchiveProblem]:
    for entry in entries:
        look = formats.find_text_flaws if entry.name == layout.CONTENTS else formats.find_flaws
        yield from look(entry.name, entry.content, limits)


def _four(problems: Iterable[ArchiveProblem], *, is_listed: bool) -> tuple[Answer, Answer, Answer, Answer]:
    found = list(problems)
    return (
        _answer(Question.TRUE, found, is_examined=is_listed),
        _answer(Question.COMPLETE, found, is_examined=is_listed),
        _answer(Question.USABLE, found, is_examined=True),
        _answer(Question.SAFE, found, is_examined=True),
    )


def _answer(question: Question, problems: Iterable[ArchiveProblem], *, is_examined: bool) -> Answer:
    found = tuple(problem for problem in problems if problem.question is question)
    verdict = Verdict.NO if found else Verdict.YES if is_examined else Verdict.NOT_EXAMINED
    return Answer(question, verdict, found)


def _refused(refusal: ArchiveProblem) -> Report:
    true, complete, usable, safe = (_answer(question, (refusal,), is_examined=False) for question in Question)
    return Report(true, complete, usable, safe)


def _is_as_written(data: bytes, entries: tuple[Entry, ...]) -> bool:
    if not entries or not all(entry.is_whole for entry in entries):
        return False
    stamp = pack.LOCAL.unpack_from(data)[4:6]
    return pack.pack(entries, (stamp[0], stamp[1])) == data
