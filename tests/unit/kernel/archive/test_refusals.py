"""What cannot be archived is refused by name before a byte is written."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.unit.kernel.archive import samples
from yijianshi.kernel.archive import ArchiveProblem, Item, Limits, Role, Step, flaws, refusals, write
from yijianshi.kernel.errors import DomainError

NAIVE = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - the very thing that is refused


def test_each_bad_name_is_refused() -> None:
    bad = [
        "a/b.txt",
        "..\\a.txt",
        "C:a.txt",
        " a.txt",
        "a.txt ",
        "a.txt.",
        "con.txt",
        "a?.txt",
        "a\u202e.txt",
        "",
        "长" * 51 + ".txt",
    ]
    for name in [*bad, "e\u0301.txt"]:
        with pytest.raises(refusals.PaperNameUnsafe):
            samples.paper(name, samples.TXT, "text/plain")


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (refusals.PaperEmpty, {"content": b""}),
        (flaws.FormatNotLasting, {"name": "a.docx"}),
        (flaws.MediaTypeDiffers, {"media_type": "application/pdf"}),
        (refusals.ValueMissing, {"title": " "}),
        (refusals.TextNotWritable, {"title": "甲\x00乙"}),
        (refusals.TextNotWritable, {"origin": "甲\ud800"}),
        (refusals.TextNotWritable, {"origin": "甲\x7f"}),
        (refusals.TextNotWritable, {"origin": "\x85"}),
        (refusals.TimeWithoutZone, {"made_at": NAIVE}),
    ],
)
def test_papers(kind: type[DomainError], facts: dict[str, Any]) -> None:
    good = {"name": "a.txt", "content": samples.TXT, "media_type": "text/plain"}
    assert samples.paper(**good)
    with pytest.raises(kind):
        samples.paper(**{**good, **facts})


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (refusals.LeafMalformed, {"leaf": "AB" * 32}),
        (refusals.LeafMalformed, {"leaf": "ab" * 31}),
        (refusals.TimeWithoutZone, {"at": NAIVE}),
        (refusals.ValueMissing, {"action": ""}),
        (refusals.TextNotWritable, {"reason": "\x1b[31m"}),
    ],
)
def test_steps(kind: type[DomainError], facts: dict[str, Any]) -> None:
    good = {"at": samples.OPENED, "actor": "甲", "action": "受理"}
    assert Step(**good)
    with pytest.raises(kind):
        Step(**{**good, **facts})


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (refusals.ClosedBeforeOpened, {"closed_at": samples.OPENED - timedelta(seconds=1)}),
        (refusals.TimeWithoutZone, {"opened_at": NAIVE}),
        (refusals.TimeWithoutZone, {"closed_at": NAIVE}),
        (refusals.ValueMissing, {"number": ""}),
        (refusals.ValueMissing, {"items": ()}),
        (refusals.TextNotWritable, {"applicant": "\x07"}),
        (refusals.TextNotWritable, {"extra": (("键", "\x00"),)}),
        (refusals.ExtraTwice, {"extra": (("键", "1"), ("键", "2"))}),
        (refusals.RequiredRoleMissing, {"papers": samples.PAPERS[:-1]}),
        (refusals.RequiredRoleMissing, {"papers": ()}),
    ],
)
def test_packages(kind: type[DomainError], facts: dict[str, Any]) -> None:
    with pytest.raises(kind):
        samples.package(**facts)


def test_items_have_a_code_and_a_name() -> None:
    for code, name in (("", "名"), ("1", " ")):
        with pytest.raises(refusals.ValueMissing):
            Item(code, name)


def test_a_withdrawn_application_needs_no_result() -> None:
    withdrawn = samples.package(papers=samples.PAPERS[:2], required=(Role.APPLICATION,), outcome="申请人撤回")
    assert write(withdrawn)


@pytest.mark.parametrize(
    ("kind", "limits"),
    [
        (refusals.PaperTooLarge, Limits(most_file_bytes=20)),
        (refusals.PackageTooLarge, Limits(most_total_bytes=1_000)),
        (refusals.PackageTooLarge, Limits(most_files=10)),
    ],
)
def test_what_is_too_large_is_not_written(kind: type[DomainError], limits: Limits) -> None:
    with pytest.raises(kind):
        write(samples.package(), limits)


def test_too_many_papers_are_not_written() -> None:
    with pytest.raises(refusals.TooManyPapers):
        write(samples.package(papers=samples.PAPERS * 1_667))
    with pytest.raises(refusals.TooManySteps):
        write(samples.package(steps=samples.STEPS * 3_334))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (flaws.ContentUnlikeName, samples.TXT),
        (flaws.FileDamaged, samples.PDF[:-20]),
        (flaws.FileLocked, samples.PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root")),
        (flaws.FileIsActive, samples.PDF.replace(b"/Catalog", b"/Catalog /JavaScript 2 0 R")),
    ],
)
def test_a_paper_the_check_would_blame_is_not_written(kind: type[ArchiveProblem], content: bytes) -> None:
    bad = samples.paper("合同.pdf", content, "application/pdf")
    with pytest.raises(kind) as caught:
        write(samples.package(papers=(*samples.PAPERS, bad)))
    assert caught.value.file == "合同.pdf"
