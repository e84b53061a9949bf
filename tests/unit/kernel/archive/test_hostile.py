"""Zips that mean harm: each way has its own name, and nothing is unfolded."""

import io
import struct
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable

import pytest

from tests.unit.kernel.archive import samples
from yijianshi.kernel.archive import Limits, Question, Verdict, check, hostile, open_package, pack, write

GOOD = write(samples.package())


def made(*names: str, change: Callable[[zipfile.ZipInfo], None] = lambda _: None, method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a ZIP by Python's own zipfile with a little text under each name."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as packed:
        warnings.simplefilter("ignore")  # zipfile warns of the doubled names made on purpose
        for name in names:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            change(info)
            packed.writestr(info, b"text")
    return out.getvalue()


def with_name(raw: bytes, flags: int = pack.NAME_IS_UTF8) -> bytes:
    """Return a ZIP of one empty file whose name is *raw*, whatever that is."""
    shared = (flags, 0, 0, 33, 0, 0, 0, len(raw), 0)
    local = pack.LOCAL.pack(pack.LOCAL_MARK, 20, *shared) + raw
    central = pack.CENTRAL.pack(pack.CENTRAL_MARK, 20, 20, *shared, 0, 0, 0, 0, 0) + raw
    return local + central + pack.END.pack(pack.END_MARK, 0, 0, 1, 1, len(central), len(local), 0)


def symlink(info: zipfile.ZipInfo) -> None:
    info.create_system, info.external_attr = 3, 0o120777 << 16


def device(info: zipfile.ZipInfo) -> None:
    info.create_system, info.external_attr = 3, 0o020666 << 16


def unknown_extra(info: zipfile.ZipInfo) -> None:
    info.extra = struct.pack("<HH4s", 0x7075, 4, b"evil")  # a second name only some programs read


def comment(info: zipfile.ZipInfo) -> None:
    info.comment = b"psst"


def patched(data: bytes, mark: bytes, offset: int, put: bytes) -> bytes:
    """Return *data* with bytes replaced at an offset inside the last record that begins with *mark*."""
    at = data.rindex(mark) + offset
    return data[:at] + put + data[at + len(put) :]


def overlapping() -> bytes:
    """Return a ZIP whose first file holds the second, header and all, as the bomb that needs no nesting does."""
    inner = pack.pack([pack.Entry("b.txt", b"x" * 50)], samples.STAMP)
    quoted = inner[: inner.index(pack.CENTRAL_MARK)]
    whole = pack.pack([pack.Entry("a.txt", quoted)], samples.STAMP)
    start = whole.index(pack.CENTRAL_MARK)
    at = struct.pack("<L", whole.index(quoted))
    second = patched(inner, pack.CENTRAL_MARK, 42, at)[inner.index(pack.CENTRAL_MARK) : inner.index(pack.END_MARK)]
    directory = whole[start : whole.index(pack.END_MARK)] + second
    return whole[:start] + directory + pack.END.pack(pack.END_MARK, 0, 0, 2, 2, len(directory), start, 0)


CASES: list[tuple[type[hostile.HostileZip], bytes]] = [
    (hostile.NotAZip, b""),
    (hostile.NotAZip, b"%PDF-1.7 is no package"),
    (hostile.ZipTruncated, GOOD[:-30]),
    (hostile.ZipTruncated, GOOD[:200]),
    (hostile.ZipTruncated, GOOD[100:]),
    (hostile.PathEscapes, made("../../etc/passwd")),
    (hostile.PathEscapes, made("材料/../../x.txt")),
    (hostile.PathEscapes, made("/etc/x.txt")),
    (hostile.PathEscapes, made("C:/x.txt")),
    (hostile.PathEscapes, with_name(b"..\\..\\x.txt")),
    (hostile.PathEscapes, with_name(b"~root/x.txt")),
    (hostile.EntryNameUnsafe, with_name(b"a//b.txt")),
    (hostile.EntryNameUnsafe, with_name(b"")),
    (hostile.EntryNameUnsafe, made("NUL.txt")),
    (hostile.EntryNameUnsafe, made("a\u202etxt.exe")),
    (hostile.EntryNameUnsafe, with_name(b"a\nb.txt")),
    (hostile.EntryNameUnreadable, with_name("材料.txt".encode("gbk"), 0)),
    (hostile.DuplicateNames, made("a.txt", "a.txt")),
    (hostile.DuplicateNames, made("a.txt", "A.TXT")),
    (hostile.DuplicateNames, made("e\u0301.txt", "\u00e9.txt")),
    (hostile.DuplicateNames, made("a.txt", "a.txt/b.txt")),
    (hostile.SymlinkInside, made("a.txt", change=symlink)),
    (hostile.SymlinkInside, made("a.txt", change=device)),
    (hostile.EntryEncrypted, with_name(b"a.txt", pack.NAME_IS_UTF8 | 1)),
    (hostile.EntryEncrypted, with_name(b"a.txt", pack.NAME_IS_UTF8 | 0x2000)),
    (hostile.MethodUnknown, made("a.txt", method=zipfile.ZIP_LZMA)),
    (hostile.MethodUnknown, made("a.txt", method=zipfile.ZIP_BZIP2)),
    (hostile.EntriesOverlap, overlapping()),
    (hostile.EntryContradicts, GOOD.replace(b"README.txt", b"README.exe", 1)),
    (hostile.HiddenBytes, GOOD + b"more"),
    (hostile.HiddenBytes, made("a.txt", change=unknown_extra)),
    (hostile.HiddenBytes, made("a.txt", change=comment)),
    (hostile.SizeLies, patched(made("a.txt"), pack.CENTRAL_MARK, 24, struct.pack("<L", 5))),
    (hostile.ZipTooLarge, patched(GOOD, pack.END_MARK, 10, b"\xff\xff")),
    (hostile.ZipTooLarge, patched(GOOD, pack.END_MARK, 4, b"\x01\x00")),
]


@pytest.mark.parametrize(("kind", "data"), CASES, ids=[f"{kind.__name__}-{n}" for n, (kind, _) in enumerate(CASES)])
def test_each_harm_has_its_name(kind: type[hostile.HostileZip], data: bytes) -> None:
    with pytest.raises(hostile.HostileZip) as caught:
        open_package(data)
    assert type(caught.value) is kind
    report = check(data)
    assert not report.is_good
    assert [type(problem) for problem in report.problems] == [kind]
    others = [answer for answer in report.answers if answer.question is not kind.question]
    assert {answer.verdict for answer in others} == {Verdict.NOT_EXAMINED}


def test_a_bomb_is_not_unfolded() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("材料/0001-a.txt", b"\x00" * 50_000_000)
    begun = time.perf_counter()
    report = check(out.getvalue())
    assert time.perf_counter() - begun < 0.5
    assert [type(problem) for problem in report.safe.problems] == [hostile.ZipBomb]
    assert report.safe.problems[0].file == "材料/0001-a.txt"


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    deflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflated.compress(b"\x00" * 20_000_000) + deflated.flush()
    shared = (pack.NAME_IS_UTF8, pack.DEFLATED, 0, 33, 0, len(body), 1_000, 5, 0)
    local = pack.LOCAL.pack(pack.LOCAL_MARK, 20, *shared) + b"a.txt" + body
    central = pack.CENTRAL.pack(pack.CENTRAL_MARK, 20, 20, *shared, 0, 0, 0, 0, 0) + b"a.txt"
    data = local + central + pack.END.pack(pack.END_MARK, 0, 0, 1, 1, len(central), len(local), 0)
    with pytest.raises(hostile.SizeLies):
        open_package(data)


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        (Limits(most_files=5), hostile.TooManyFiles),
        (Limits(most_file_bytes=100), hostile.ZipBomb),
        (Limits(most_total_bytes=2_000), hostile.ZipBomb),
    ],
)
def test_limits_hold(limits: Limits, kind: type[hostile.HostileZip]) -> None:
    with pytest.raises(kind):
        open_package(GOOD, limits)


def test_bytes_between_the_files_are_found() -> None:
    first = GOOD.index(pack.LOCAL_MARK, 4)
    directory = GOOD.index(pack.CENTRAL_MARK)
    with pytest.raises(hostile.HostileZip):
        open_package(GOOD[:first] + b"hidden" + GOOD[first:])
    moved = patched(GOOD[:directory] + b"hidden" + GOOD[directory:], pack.END_MARK, 16, struct.pack("<L", directory + 6))
    with pytest.raises(hostile.HiddenBytes):
        open_package(moved)


def test_a_name_cannot_bend_the_message() -> None:
    (problem,) = check(made("a\u202etxt.exe")).problems
    assert "\u202e" not in problem.text.zh + problem.text.en
    assert "\\u202e" in problem.text.zh


def test_a_path_that_leads_out_is_no_matter_of_trust_alone() -> None:
    report = check(made("../x.txt"))
    assert report.safe.verdict is Verdict.NO
    assert report.true.question is Question.TRUE
    assert report.true.verdict is Verdict.NOT_EXAMINED
