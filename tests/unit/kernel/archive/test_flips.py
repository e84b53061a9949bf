"""One flipped byte anywhere is noticed, and inside a file it is told which."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.kernel.archive import samples
from yijianshi.kernel.archive import Report, Verdict, check, open_package, write

DATA = write(samples.package())


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


def named(report: Report) -> set[str]:
    return {problem.file for problem in report.true.problems}


def test_a_flipped_byte_of_any_file_names_that_file() -> None:
    chance = random.Random(17)
    for path, content in open_package(DATA).items():
        start = DATA.index(content)
        for at in {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(8))}:
            report = check(flipped(DATA, start + at, chance.randrange(8)))
            assert report.true.verdict is Verdict.NO
            assert path in named(report), (path, at)


def test_a_flipped_byte_anywhere_is_noticed() -> None:
    small = write(samples.package(papers=(samples.PAPERS[4],), steps=(), extra=(), required=()))
    assert check(small).is_good
    for at in range(len(small)):
        report = check(flipped(small, at))
        assert not (report.is_good and report.is_as_written), at


def test_a_file_changed_together_with_its_checksum_is_named() -> None:
    for path in open_package(DATA):
        files = open_package(DATA)
        files[path] += b" "
        report = check(samples.repacked(files))
        if path == "manifest.xml":
            assert not check(samples.repacked(files), manifest_sm3=check(DATA).manifest_sm3).is_good
        else:
            assert named(report) >= {path}, path


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_the_check(data: bytes) -> None:
    assert not check(data).is_good


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=4))
def test_no_damage_breaks_the_check(cuts: list[tuple[int, bytes, int]]) -> None:
    data = DATA
    for at, put, taken in cuts:
        data = data[:at] + put + data[at + taken :]
    report = check(data)
    assert data == DATA or not (report.is_good and report.is_as_written)
    assert all(problem.text.zh and problem.text.en for problem in report.problems)


def test_every_shortened_package_is_refused() -> None:
    for length in range(0, len(DATA), 7):
        assert not check(DATA[:length]).is_good


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damage_behind_right_checksums_is_named(data: st.DataObject) -> None:
    files = open_package(DATA)
    path = data.draw(st.sampled_from(sorted(files)))
    content = files[path]
    at = data.draw(st.integers(0, len(content)))
    other = data.draw(st.integers(0, len(content)))
    put = data.draw(st.one_of(st.binary(max_size=8), st.just(content[min(at, other) : max(at, other)])))
    files[path] = content[:at] + put + content[at + data.draw(st.integers(0, 200)) :]
    report = check(samples.repacked(files), manifest_sm3=check(DATA).manifest_sm3)
    assert files[path] == content or path in named(report)
