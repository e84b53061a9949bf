"""OFD written, read back, signed; every hostile package refused by its own name."""

import io
import warnings
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.kernel.ofd.samples import AT, DOCUMENT, PLAIN, PNG, PREPARED, SIGNED, zipped
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.ofd import package, reader, signatures, xml
from yijianshi.kernel.ofd.model import Document, Page, Text, wrapped
from yijianshi.kernel.ofd.package import Limits
from yijianshi.kernel.ofd.writer import write


def files_of(content: bytes) -> dict[str, bytes]:
    return package.unpack(content)


def test_what_is_written_is_read_back() -> None:
    opened = reader.open_ofd(PLAIN)
    assert (opened.title, opened.doc_id, dict(opened.custom)) == ("结婚证", DOCUMENT.doc_id, dict(DOCUMENT.custom))
    assert opened.pages == (("结婚证 <b>&amp;", "持证人：王芳 Wang Fang"), ("A",))
    assert [name for name in opened.files if name.endswith(".png")] == ["Doc_0/Res/image_0.png"]  # one picture, used twice
    assert opened.files["Doc_0/Res/image_0.png"] == PNG


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write(DOCUMENT) == PLAIN
    assert write(replace(DOCUMENT, title="离婚证")) != PLAIN


def test_letters_are_set_one_by_one() -> None:
    assert Text(0, 0, "王A芳", 4).advances == [4, 2]
    assert Text(0, 0, "王A芳", 4).width == 10
    assert wrapped("王芳王芳王", 4, 9) == ["王芳", "王芳", "王"]
    assert wrapped("", 4, 9) == [""]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_words_survive(words: str) -> None:
    document = Document((Page((Text(10, 10, words),)),), words or "无", "署名", "0" * 32, date(2026, 1, 1), {"名": words})
    opened = reader.open_ofd(write(document))
    assert opened.pages == ((words,),)
    assert opened.custom["名"] == words.strip()


def test_a_signed_package_is_whole() -> None:
    found = signatures.find(files_of(SIGNED))
    assert (found.sealing, found.altered, found.data_hash) == (b"sealing", (), PREPARED.data_hash)
    assert reader.open_ofd(SIGNED).pages == reader.open_ofd(PLAIN).pages
    assert PREPARED.property_info == "/Doc_0/Signs/Sign_0/Signature.xml"
    with pytest.raises(signatures.SignatureIncomplete, match="signed already"):
        signatures.prepare(SIGNED, signatures.Place(1, 0, 0, 1, 1), at=AT)


@pytest.mark.parametrize("name", [name for name in files_of(SIGNED) if "Signs" not in name])
def test_every_altered_file_is_named(name: str) -> None:
    files = dict(files_of(SIGNED))
    bent = bytearray(files[name])
    bent[len(bent) // 2] ^= 1
    assert signatures.find({**files, name: bytes(bent)}).altered == (name,)
    assert signatures.find({key: content for key, content in files.items() if key != name}).altered == (name,)


def test_what_is_added_later_is_named() -> None:
    assert signatures.find({**files_of(SIGNED), "Doc_0/Pages/Page_9/Content.xml": b"x"}).altered == (
        "Doc_0/Pages/Page_9/Content.xml",
    )


def test_the_list_itself_is_under_the_sealing() -> None:
    files = files_of(SIGNED)
    path = "Doc_0/Signs/Sign_0/Signature.xml"
    other = files[path].replace(b"Yijianshi", b"Somebody!")
    assert signatures.find({**files, path: other}).data_hash != PREPARED.data_hash


def test_incomplete_signatures_are_named() -> None:
    files = files_of(SIGNED)
    with pytest.raises(signatures.NoSignature):
        signatures.find(files_of(PLAIN))
    for gone in ("Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Signs/Sign_0/SignedValue.dat"):
        with pytest.raises(signatures.SignatureIncomplete, match="missing"):
            signatures.find({name: content for name, content in files.items() if name != gone})
    path = "Doc_0/Signs/Sign_0/Signature.xml"
    for method in (b"1.2.156.10197.1.410", b"md5"):
        with pytest.raises(signatures.UnknownDigest):
            signatures.find({**files, path: files[path].replace(b"1.2.156.10197.1.401", method)})


def bomb() -> bytes:
    return zipped(("OFD.xml", b"0" * (20 << 20)))


def locked() -> bytes:
    content = bytearray(zipped(("OFD.xml", b"<a/>")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def doubled() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped(("OFD.xml", b"<a/>"), ("ofd.XML", b"<b/>"))


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        entry = zipfile.ZipInfo("OFD.xml")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", package.NotAPackage),
        (b"PK\x03\x04", package.NotAPackage),
        (PLAIN[:-30], package.NotAPackage),
        (PLAIN[: len(PLAIN) // 2], package.NotAPackage),
        (locked(), package.PackageLocked),
        (bomb(), package.PackageUnfolds),
        (b"0" * (17 << 20), package.PackageUnfolds),
        (zipped(*((f"f{number}", b"") for number in range(600))), package.PackageUnfolds),
        (doubled(), package.PackageDoubled),
        (linked(), package.PackageEscapes),
        *((zipped((name, b"x")), package.PackageEscapes) for name in ("../x", "/x", "a/../../x", "a\\x", "C:x", "a//x")),
        (zipped(("Doc.xml", b"<a/>")), reader.PartMissing),
        (zipped(("OFD.xml", b"<a/>")), reader.PartMissing),
        (zipped(("OFD.xml", b"<a")), xml.XmlBroken),
        (zipped(("OFD.xml", b"")), xml.XmlBroken),
        (zipped(("OFD.xml", b"<!DOCTYPE a><a/>")), xml.XmlRefused),
        (zipped(("OFD.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')), xml.XmlRefused),
        (zipped(("OFD.xml", b"<a>" * 70 + b"</a>" * 70)), xml.XmlRefused),
    ],
)
def test_hostile_packages_are_refused_by_name(content: bytes, error: type[DomainError]) -> None:
    with pytest.raises(error):
        reader.open_ofd(content)


def test_limits_are_the_readers_choice() -> None:
    with pytest.raises(package.PackageUnfolds):
        reader.open_ofd(PLAIN, Limits(entries=3))


@given(st.integers(0, len(SIGNED) - 1), st.integers(0, 7))
def test_no_flipped_bit_passes_unseen(at: int, bit: int) -> None:
    bent = bytearray(SIGNED)
    bent[at] ^= 1 << bit
    try:
        opened = reader.open_ofd(bytes(bent))
        found = signatures.find(opened.files)
    except DomainError:
        return
    same = dict(opened.files) == files_of(SIGNED)  # a bit of the zip's own bookkeeping that changes no file
    assert same or found.altered or (found.sealing, found.data_hash) != (b"sealing", PREPARED.data_hash) or _only_copy(opened)


def _only_copy(opened: reader.Opened) -> bool:
    """Say whether nothing but the copy of the seal differs, which no verification looks at."""
    whole = files_of(SIGNED)
    return {name for name in whole if opened.files.get(name) != whole[name]} == {"Doc_0/Signs/Sign_0/Seal.esl"}


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(DomainError):
        reader.open_ofd(content)


@given(st.integers(0, len(SIGNED)), st.integers(0, len(SIGNED)), st.binary(max_size=30))
def test_any_cut_is_read_or_refused(first: int, second: int, between: bytes) -> None:
    try:
        reader.open_ofd(SIGNED[:first] + between + SIGNED[second:])
    except DomainError:
        return
