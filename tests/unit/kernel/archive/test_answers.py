"""The four questions are answered separately, each problem naming its file; and every message speaks both languages."""

import re
from collections.abc import Callable

import pytest

from tests.house import words
from tests.unit.kernel.archive import samples
from yijianshi.kernel.archive import ArchiveProblem, Question, Role, Verdict, check, flaws, hostile, open_package, refusals, write
from yijianshi.kernel.archive.writer import sm3

FILES = open_package(write(samples.package()))
MANIFEST = "manifest.xml"
PAPER = "材料/0004-租赁合同.pdf"
type_of = type


def changed_manifest(change: Callable[[str], str]) -> dict[str, bytes]:
    before = FILES[MANIFEST].decode()
    after = change(before)
    assert after != before
    return {**FILES, MANIFEST: after.encode()}


def line_of(path: str) -> str:
    found = re.search(rf' *<文件 路径="{re.escape(path)}".*\n', FILES[MANIFEST].decode())
    assert found
    return found.group()


def listed_anew(path: str, content: bytes) -> dict[str, bytes]:
    """Return the files with one replaced and its digest and size in the list put right."""
    line = line_of(path)
    new = line.replace(sm3(FILES[path]), sm3(content)).replace(f'字节数="{len(FILES[path])}"', f'字节数="{len(content)}"')
    return {**changed_manifest(lambda text: text.replace(line, new)), path: content}


def without(path: str) -> dict[str, bytes]:
    return {name: content for name, content in FILES.items() if name != path}


def unnumbered() -> dict[str, bytes]:
    """Return the files without paper 4, its metadata and its lines: a clean removal that leaves a gap."""
    line, other = line_of(PAPER), line_of("元数据/0004.xml")
    files = changed_manifest(lambda text: text.replace(line, "").replace(other, "").replace("<文件数>6<", "<文件数>5<"))
    return {name: content for name, content in files.items() if name not in (PAPER, "元数据/0004.xml")}


CASES: list[tuple[type[ArchiveProblem], str, dict[str, bytes]]] = [
    (flaws.DigestDiffers, PAPER, {**FILES, PAPER: samples.PDF.replace(b"1.7", b"1.6")}),
    (flaws.SizeDiffers, PAPER, {**FILES, PAPER: samples.PDF + b"\n"}),
    (flaws.PeriodWrong, MANIFEST, changed_manifest(lambda text: text.replace("2057-01-01", "2047-01-01"))),
    (flaws.PeriodWrong, MANIFEST, changed_manifest(lambda text: text.replace("<保管期限>30年<", "<保管期限>永久<"))),
    (flaws.PeriodWrong, MANIFEST, changed_manifest(lambda text: text.replace("<办结时间>2026", "<办结时间>9999"))),
    (flaws.ManifestBroken, MANIFEST, changed_manifest(lambda text: text.replace("<保管期限>30年<", "<保管期限>3年<"))),
    (flaws.ManifestBroken, MANIFEST, changed_manifest(lambda text: text.replace('版本="1"', '版本="2"'))),
    (flaws.ManifestBroken, MANIFEST, changed_manifest(lambda text: text.replace("办结时间", "办成时间"))),
    (flaws.ManifestBroken, MANIFEST, changed_manifest(lambda text: text.replace("<文件数>6<", "<文件数>六<"))),
    (flaws.ManifestBroken, MANIFEST, changed_manifest(lambda text: text[:-5])),
    (flaws.MetadataDiffers, "元数据/0004.xml", listed_anew("元数据/0004.xml", FILES["元数据/0003.xml"])),
    (flaws.ManifestMissing, MANIFEST, without(MANIFEST)),
    (flaws.FileMissing, PAPER, without(PAPER)),
    (flaws.FileMissing, "README.txt", without("README.txt")),
    (flaws.FileMissing, "办理步骤.xml", changed_manifest(lambda text: text.replace(line_of("办理步骤.xml"), ""))),
    (flaws.FileMissing, "元数据/0002.xml", changed_manifest(lambda text: text.replace(line_of("元数据/0002.xml"), ""))),
    (flaws.FileUnlisted, "材料/0007-多.txt", {**FILES, "材料/0007-多.txt": samples.TXT}),
    (flaws.ListedTwice, PAPER, changed_manifest(lambda text: text.replace(line_of(PAPER), line_of(PAPER) * 2))),
    (flaws.NumberingBroken, MANIFEST, unnumbered()),
    (flaws.NumberingBroken, MANIFEST, changed_manifest(lambda text: text.replace("<文件数>6<", "<文件数>999999999<"))),
    (
        flaws.NumberingBroken,
        "办理步骤.xml",
        listed_anew("办理步骤.xml", FILES["办理步骤.xml"].replace('序号="2"'.encode(), '序号="4"'.encode())),
    ),
    (flaws.RoleMissing, MANIFEST, changed_manifest(lambda text: text.replace("<必备类别>申请<", "<必备类别>批文<"))),
    (flaws.FormatNotLasting, "材料/0007-多.docx", {**FILES, "材料/0007-多.docx": b"PK"}),
    (flaws.MediaTypeDiffers, PAPER, changed_manifest(lambda text: text.replace("application/pdf", "text/plain"))),
    (flaws.FileDamaged, PAPER, listed_anew(PAPER, samples.PDF[:-20])),
    (flaws.FileIsActive, PAPER, listed_anew(PAPER, samples.PDF.replace(b"/Catalog", b"/Catalog /JS (x)"))),
    (flaws.TextNotUtf8, "案卷目录.csv", listed_anew("案卷目录.csv", "核查".encode("gb18030"))),
    (flaws.XmlHasDoctype, "元数据/0001.xml", listed_anew("元数据/0001.xml", b"<!DOCTYPE a><a/>")),
    (flaws.XmlHasDoctype, MANIFEST, changed_manifest(lambda text: text.replace("\n", "\n<!DOCTYPE x>\n", 1))),
]


@pytest.mark.parametrize(("kind", "file", "files"), CASES, ids=[f"{one[0].__name__}-{n}" for n, one in enumerate(CASES)])
def test_each_fault_is_named_with_its_file_under_its_question(
    kind: type[ArchiveProblem], file: str, files: dict[str, bytes]
) -> None:
    report = check(samples.repacked(files))
    answer = next(one for one in report.answers if one.question is kind.question)
    assert answer.verdict is Verdict.NO
    assert (kind, file) in {(type_of(problem), problem.file) for problem in answer.problems}


@pytest.mark.parametrize(
    ("question", "files"),
    [
        (Question.TRUE, {**FILES, PAPER: samples.PDF.replace(b"1.7", b"1.6")}),
        (Question.COMPLETE, without(PAPER)),
        (Question.COMPLETE, unnumbered()),
        (Question.USABLE, listed_anew("README.txt", "核查".encode("gb18030"))),
        (Question.SAFE, listed_anew("README.txt", b"#!/bin/sh")),
    ],
)
def test_one_no_leaves_the_other_answers_alone(question: Question, files: dict[str, bytes]) -> None:
    report = check(samples.repacked(files))
    no = {answer.question for answer in report.answers if answer.verdict is Verdict.NO}
    assert no == {question}


def test_without_its_list_nothing_is_called_true() -> None:
    report = check(samples.repacked(without(MANIFEST)))
    assert report.true.verdict is Verdict.NOT_EXAMINED
    assert report.complete.verdict is Verdict.NO
    assert report.usable.verdict is Verdict.YES
    assert report.safe.verdict is Verdict.YES


def test_a_package_made_anew_as_a_whole_is_caught_only_by_the_digest_kept_elsewhere() -> None:
    kept = check(write(samples.package())).manifest_sm3
    forged = write(samples.package(outcome="不予许可"))
    assert check(forged).is_good
    assert not check(forged).is_anchored
    report = check(forged, manifest_sm3=kept)
    assert not report.is_anchored
    assert [type(problem) for problem in report.true.problems] == [flaws.ManifestReplaced]
    assert check(write(samples.package()), manifest_sm3=kept.upper()).is_anchored


def test_the_caller_may_require_more_roles() -> None:
    data = write(samples.package(papers=samples.PAPERS[:1], required=(Role.APPLICATION,)))
    assert check(data).is_good
    report = check(data, required=[Role.RESULT])
    assert [(type(problem), problem.params["role"]) for problem in report.problems] == [(flaws.RoleMissing, "结果")]


def test_every_message_speaks_both_languages_with_the_same_blanks() -> None:
    for module in (flaws, hostile, refusals):
        for kind in (one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__):
            paragraphs = [" ".join(part.split()) for part in (kind.__doc__ or "").split("\n\n")]
            assert len(paragraphs) == 2, kind
            assert words.placeholders(paragraphs[0]) == words.placeholders(paragraphs[1]), kind
            assert re.search("[\u4e00-\u9fff]", paragraphs[0]), kind
            assert re.search("[A-Za-z]{3}", paragraphs[1]), kind
