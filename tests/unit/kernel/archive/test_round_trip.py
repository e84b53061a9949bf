"""What is written is found good, is the same every time, and opens with other programs."""

import io
import subprocess
import sys
import zipfile
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.kernel.archive import samples
from yijianshi.kernel.archive import CasePackage, Paper, Role, Step, Verdict, check, fingerprint, open_package, write
from yijianshi.kernel.archive.writer import sm3

GOLDEN = "28ea143a6e52147efd4e5c09605474a99dc81a9759374e35e2fceb8b526af512"


def test_four_times_yes() -> None:
    data = write(samples.package())
    report = check(data, manifest_sm3=fingerprint(data))
    assert [answer.verdict for answer in report.answers] == [Verdict.YES] * 4
    assert report.is_good
    assert not report.problems
    assert report.is_anchored
    assert report.is_as_written
    assert (report.number, report.title) == ("310000-20260302-000017", "林晓开办餐饮店")
    assert report.manifest_sm3 == fingerprint(data)


def test_every_paper_comes_back_byte_for_byte() -> None:
    files = open_package(write(samples.package()))
    assert [path for path in files if path.split("/")[0] in set(Role)] == [
        "申请/0001-申请表.xml",
        "材料/0002-身份证.jpg",
        "材料/0003-平面图.png",
        "材料/0004-租赁合同.pdf",
        "过程/0005-核查记录.txt",
        "结果/0006-许可证.ofd",
    ]
    for number, paper in enumerate(samples.PAPERS, 1):
        assert files[f"{paper.role.value}/{number:04d}-{paper.name}"] == paper.content


def test_equal_packages_give_equal_bytes_in_whatever_zone() -> None:
    first = write(samples.package())
    assert write(samples.package()) == first
    assert write(samples.package(closed_at=samples.CLOSED.astimezone(UTC))) == first
    assert write(samples.package(opened_at=samples.OPENED.astimezone(timezone(timedelta(hours=-5))))) == first


def test_the_bytes_do_not_change_from_version_to_version() -> None:
    assert sm3(write(samples.package())) == GOLDEN


def test_another_interpreter_with_another_hash_seed_writes_the_same() -> None:
    code = "from tests.unit.kernel.archive import samples; from yijianshi.kernel.archive import writer as w;"
    code += "print(w.sm3(w.write(samples.package())))"
    env, root = {"PYTHONHASHSEED": "7"}, Path(__file__).parents[4]
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env, cwd=root)
    assert made.stdout.strip() == sm3(write(samples.package()))


def test_another_program_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(write(samples.package()))) as opened:
        assert opened.testzip() is None
        assert opened.read("材料/0004-租赁合同.pdf") == samples.PDF
        assert {entry.date_time for entry in opened.infolist()} == {(2026, 3, 9, 16, 5, 10)}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_packed_again_by_another_program_it_is_still_good(method: int) -> None:
    data = write(samples.package())
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", method) as packed:
        packed.mkdir("申请")
        for path, content in reversed(open_package(data).items()):
            packed.writestr(path, content)
    report = check(again.getvalue(), manifest_sm3=fingerprint(data))
    assert report.is_good, report.problems
    assert not report.is_as_written


class Tape(io.RawIOBase):
    """Something that can only be written onwards, so that sizes follow the content."""

    def __init__(self) -> None:
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self.kept += part
        return len(part)


def test_a_package_or_ofd_written_in_one_go_is_read() -> None:
    data = write(samples.package())
    tape = Tape()
    with zipfile.ZipFile(tape, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in open_package(data).items():
            packed.writestr(path, content)
    assert b"PK\x07\x08" in tape.kept
    assert check(bytes(tape.kept)).is_good
    inner = Tape()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("OFD.xml", b"<OFD/>")
        packed.writestr("Doc_0/Document.xml", b"<Document/>")
    result = samples.paper("许可证.ofd", bytes(inner.kept), "application/ofd", Role.RESULT)
    assert check(write(samples.package(papers=(*samples.PAPERS, result)))).is_good


def test_the_explanation_and_the_list_are_for_people() -> None:
    files = open_package(write(samples.package()))
    words = files["README.txt"].decode()
    assert "openssl dgst -sm3" in words
    assert "2057-01-01" in words
    lines = files["案卷目录.csv"].decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"件号","类别"')
    assert len(lines) == 7
    assert '"材料/0004-租赁合同.pdf"' in lines[4]


def test_a_title_that_looks_like_a_formula_is_not_run() -> None:
    evil = samples.paper("甲.txt", samples.TXT, "text/plain", title='=cmd|"/c calc"!A1')
    files = open_package(write(samples.package(papers=(*samples.PAPERS, evil))))
    assert '"\'=cmd|""/c calc""!A1"' in files["案卷目录.csv"].decode("utf-8-sig")


def test_the_steps_keep_their_words_and_their_digests() -> None:
    words = open_package(write(samples.package()))["办理步骤.xml"].decode()
    assert '<步骤 序号="3">' in words
    assert "<留痕摘要>" + "cd" * 32 in words
    assert "符合条件&#10;第二行" in words
    assert "2026-03-09T16:05:10+08:00" in words  # handed in as UTC


TRICKY = ["<script>", "<?php x", "]]>", "&lt;", "=1+1", "#!", "甲\n\t乙", "{why}", "http://www.w3.org/1999/xhtml", "\u2028\u202e"]
FREE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)
PLAIN = st.one_of(FREE, st.sampled_from(TRICKY))
WORDS = PLAIN.filter(lambda text: bool(text.strip()))


@st.composite
def packages(draw: st.DrawFn) -> CasePackage:
    kinds = st.sampled_from([(paper.name, paper.content, paper.media_type) for paper in samples.PAPERS])
    papers: list[Paper] = []
    for role in [Role.APPLICATION, Role.RESULT, *draw(st.lists(st.sampled_from(Role), max_size=4))]:
        name, content, media_type = draw(kinds)
        papers.append(samples.paper(name, content, media_type, role, title=draw(WORDS), origin=draw(PLAIN)))
    steps = draw(st.lists(st.builds(Step, st.just(samples.OPENED), PLAIN, WORDS, PLAIN, PLAIN, PLAIN, PLAIN), max_size=3))
    extra = draw(st.dictionaries(WORDS, PLAIN, max_size=3))
    return samples.package(
        title=draw(WORDS), applicant=draw(PLAIN), papers=tuple(papers), steps=tuple(steps), extra=tuple(extra.items())
    )


@settings(max_examples=60, deadline=None)
@given(packages())
def test_whatever_is_written_is_found_good(package: CasePackage) -> None:
    data = write(package)
    report = check(data, manifest_sm3=fingerprint(data))
    assert report.is_good, report.problems
    assert report.is_as_written
    assert report.title == package.title
