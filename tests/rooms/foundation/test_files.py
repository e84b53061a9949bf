"""Files are taken by what they are, kept sealed, and refused with words that help."""

import io
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from tests.rooms.foundation import samples
from yijianshi.foundation import files, sealing
from yijianshi.foundation.files import refusals
from yijianshi.foundation.models import StoredFile

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Someone:
    """Whoever uploads."""

    key: str = "PERSON:1"


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def store(content: bytes, name: str = "a.pdf", **more: object) -> files.StoredFileRef:
    return files.store(io.BytesIO(content), name=name, by=Someone(), at=AT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "name", "mime", "kept"),
    [
        (samples.pdf(), "出生证.PDF", "application/pdf", "出生证.pdf"),
        (samples.jpeg(), "IMG_1.JPG", "image/jpeg", "IMG_1.jpg"),
        (samples.jpeg(), "IMG_1.jpeg", "image/jpeg", "IMG_1.jpeg"),
        (samples.png(), "photo", "image/png", "photo.png"),
        (samples.ofd(), "licence.ofd", "application/ofd", "licence.ofd"),
        (samples.pdf(), "../../etc/passwd.pdf", "application/pdf", "passwd.pdf"),
        (samples.pdf(), "C:\\Users\\王\\a.pdf", "application/pdf", "a.pdf"),
        (samples.pdf(), "x" * 300 + ".pdf", "application/pdf", "x" * 116 + ".pdf"),
        (samples.png(), "gnp\u202egnp.png", "image/png", "gnpgnp.png"),
        (samples.pdf(), "a\x00b\n<i>.pdf", "application/pdf", "abi.pdf"),
        (samples.pdf(), "..", "application/pdf", "file.pdf"),
    ],
)
def test_good_files_come_back_as_they_were(content: bytes, name: str, mime: str, kept: str) -> None:
    ref = store(content, name)
    assert (ref.mime, ref.name, ref.size) == (mime, kept, len(content))
    assert files.open_file(ref.id) == (ref, content)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.pdf", refusals.FileEmpty),
        (b"MZ\x90\x00" + b"\x00" * 99, "a.pdf", refusals.FileKindRefused),
        (b"\x7fELF" + b"\x00" * 99, "a.png", refusals.FileKindRefused),
        (b"#!/bin/sh\nrm -rf /", "a.pdf", refusals.FileKindRefused),
        (b"hello", "a.pdf", refusals.FileKindRefused),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "a.doc", refusals.FileKindRefused),
        (samples.archive(word__document=b"x"), "a.docx", refusals.FileKindRefused),
        (b"<html><script>alert(1)</script>", "a.jpg", refusals.FileKindRefused),
        (samples.pdf(), "a.exe", refusals.FileNameMismatch),
        (samples.pdf(), "a.pdf.exe", refusals.FileNameMismatch),
        (samples.png(), "a.jpg", refusals.FileNameMismatch),
        (samples.pdf()[:-200], "a.pdf", refusals.FileDamaged),
        (b"%PDF-1.7 nonsense %%EOF", "a.pdf", refusals.FileDamaged),
        (samples.pdf(password="geheim"), "a.pdf", refusals.FileLocked),
        (samples.pdf(active="app.alert(1)"), "a.pdf", refusals.FileIsActive),
        (
            samples.pdf().replace(b"/Type /Catalog", b"/OpenAction << /S /J#61vaScript >> /Type /Catalog"),
            "a.pdf",
            refusals.FileIsActive,
        ),
        (samples.png()[:-3], "a.png", refusals.FileDamaged),
        (samples.png().replace(b"IDAT", b"IDAU"), "a.png", refusals.FileDamaged),
        (samples.png(50_000, 50_000), "a.png", refusals.FileUnfolds),
        (samples.jpeg()[:-2], "a.jpg", refusals.FileDamaged),
        (samples.jpeg(65_000, 65_000), "a.jpg", refusals.FileUnfolds),
        (samples.png() + b"MZ more", "a.png", refusals.FileHidesAnother),
        (samples.jpeg() + samples.archive(a__class=b"x"), "a.jpg", refusals.FileHidesAnother),
        (samples.pdf() + samples.archive(a__class=b"x"), "a.pdf", refusals.FileHidesAnother),
        (samples.jpeg()[:20] + b"%PDF-1.7" + samples.jpeg()[20:], "a.jpg", refusals.FileHidesAnother),
        (samples.ofd(evil__exe=b"MZ" + b"\x00" * 99), "a.ofd", refusals.FileHidesAnother),
        (samples.archive(OFD__xml=b"<ofd:OFD/>", **{"../../x": b"y"}), "a.ofd", refusals.FileHidesAnother),
        (samples.archive(OFD__xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]><ofd:OFD/>"), "a.ofd", refusals.FileIsActive),
        (samples.ofd(bomb=b"\x00" * 30_000_000), "a.ofd", refusals.FileUnfolds),
    ],
)
def test_bad_files_are_refused(content: bytes, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as caught:
        store(content, name)
    assert "{" not in str(caught.value)
    assert StoredFile.objects.count() == 0


def test_a_pdf_with_script_in_a_compressed_object_is_refused() -> None:
    import zlib

    inside = b"5 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    packed = zlib.compress(inside)
    objects = [
        b"1 0 obj << /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >> endobj\n",
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n",
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj\n",
        b"4 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n%b\nendstream endobj\n"
        % (len(packed), packed),
    ]
    body, offsets = b"%PDF-1.7\n", []
    for part in objects:
        offsets.append(len(body))
        body += part
    start = len(body)
    rows = b"\x00\x00\x00\x00" + b"".join(b"\x01" + offset.to_bytes(2, "big") + b"\x00" for offset in offsets)
    rows += b"\x02\x00\x04\x00" + b"\x01" + start.to_bytes(2, "big") + b"\x00"
    packed = zlib.compress(rows)
    head = b"6 0 obj << /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d >> stream\n" % len(packed)
    content = body + head + packed + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start
    assert b"/JavaScript" not in content
    with pytest.raises(refusals.FileIsActive):
        store(content)


class Endless(io.RawIOBase):
    """Three gigabytes that are never all made."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        assert self.given <= 11 * 1_048_576, "read past the limit"
        return b"%PDF-".ljust(size, b"x")


def test_a_stream_without_length_is_cut_at_the_limit() -> None:
    stream = Endless()
    with pytest.raises(refusals.FileTooLarge, match="larger than 10 MB"):
        files.store(stream, name="a.pdf", by=Someone(), at=AT)  # type: ignore[arg-type]
    assert stream.given <= 10 * 1_048_576 + 65_536


def test_limits_of_a_material_type() -> None:
    limits = files.Limits.of(["jpg", "png"], 1)
    with pytest.raises(refusals.FileKindRefused, match=r"PDF file.*upload a JPG picture or a PNG picture"):
        store(samples.pdf(), limits=limits)
    with pytest.raises(refusals.FileTooLarge, match="larger than 1 MB"):
        store(b"\xff" * 1_048_577, limits=limits)


def test_what_the_browser_declares_must_not_contradict() -> None:
    with pytest.raises(refusals.FileNameMismatch):
        store(samples.pdf(), "a", declared_type="image/png")
    assert store(samples.pdf(), declared_type="application/octet-stream").mime == "application/pdf"


def test_disk_holds_one_sealed_copy_bound_to_its_digest(tmp_path: Path) -> None:
    content = samples.pdf()
    first, second = store(content), store(content)
    assert first.id != second.id
    (path,) = (path for path in tmp_path.glob("files/*/*/*"))
    assert path == tmp_path / "files" / first.sha256[:2] / first.sha256[2:4] / first.sha256
    assert b"%PDF" not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(sealing.SealBroken):
        files.open_file(first.id)
    path.unlink()
    with pytest.raises(refusals.FileMissing):
        files.open_file(first.id)
    with pytest.raises(refusals.FileMissing):
        files.open_file(uuid4())


def test_sweep_removes_only_old_files_without_a_row(tmp_path: Path) -> None:
    kept, lost = store(samples.pdf()), store(samples.png(), "a.png")
    StoredFile.objects.filter(id=lost.id).delete()
    assert files.sweep(datetime.now(UTC)) == 0
    for path in tmp_path.glob("files/*/*/*"):
        os.utime(path, (1, 1))
    assert files.sweep(datetime.now(UTC) - timedelta(days=0)) == 1
    assert files.open_file(kept.id)[0] == kept


def test_rotation_leaves_stored_files_readable(settings: Settings) -> None:
    ref = store(samples.pdf())
    settings.SEALING_KEYS = "t9:" + "ab" * 16 + "," + settings.SEALING_KEYS
    assert files.open_file(ref.id)[0] == ref
