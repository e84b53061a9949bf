"""Is a file what its name says, does it open, does anything in it run."""

import time
import zlib

import pytest

from tests.unit.kernel.archive import samples
from yijianshi.kernel.archive import ArchiveProblem, Limits, flaws, formats, pack
from yijianshi.kernel.archive.xml_tree import Node, parse, to_bytes

PDF = samples.PDF
JPEG = samples.jpeg()


def object_stream(inner: bytes, *, ratio: int = 1) -> bytes:
    packed = zlib.compress(inner * ratio)
    stream = b"5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return PDF.replace(b"trailer", stream + b"trailer")


def in_catalog(words: bytes) -> bytes:
    return PDF.replace(b"/Catalog", b"/Catalog " + words)


def inner_zip(name: str) -> bytes:
    entries = [pack.Entry("OFD.xml", b"<OFD/>"), pack.Entry(name, b"x")]
    return pack.pack(entries, samples.STAMP)


def test_good_papers_pass() -> None:
    for paper in samples.PAPERS:
        assert not list(formats.find_flaws(paper.name, paper.content, Limits())), paper.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF.replace(b"endobj", b"endobj\n4 0 obj <<>> stream\n/JavaScript in a picture\nendstream endobj")),
        ("a.pdf", object_stream(b"<< /Type /Page >>")),
        ("a.pdf", in_catalog(b"/JSFoo 1 /Encrypted 2")),
        ("a.pdf", PDF + b"\r\n\x00 a scanner's last words"),
        ("a.jpg", JPEG + JPEG),
        ("a.jpg", JPEG.replace(b"\xff\xe0", b"\xff\xff\xff\xe0")),
        ("a.JPEG", JPEG),
        ("a.png", samples.png(interlaced=1)),
        ("a.txt", "\ufeff带标记".encode()),
        ("a.xml", '<a b="script">说明</a>'.encode("utf-16")),
    ],
)
def test_what_only_looks_odd_passes(name: str, content: bytes) -> None:
    assert not list(formats.find_flaws(name, content, Limits()))


FLAWED: list[tuple[type[ArchiveProblem], str, bytes]] = [
    (flaws.FormatNotLasting, "a.docx", b"PK\x03\x04"),
    (flaws.FormatNotLasting, "pdf", PDF),
    (flaws.FormatNotLasting, "a.svg", b"<svg/>"),
    (flaws.ContentUnlikeName, "a.pdf", JPEG),
    (flaws.ContentUnlikeName, "a.jpg", PDF),
    (flaws.ContentUnlikeName, "a.png", JPEG),
    (flaws.ContentUnlikeName, "a.ofd", PDF),
    (flaws.ContentUnlikeName, "a.ofd", pack.pack([pack.Entry("x.xml", b"<OFD/>")], samples.STAMP)),
    (flaws.ContentUnlikeName, "a.ofd", samples.ofd(b"<Other/>")),
    (flaws.ContentUnlikeName, "a.txt", b"binary\x00zero"),
    (flaws.FileDamaged, "a.pdf", PDF[:-20]),
    (flaws.FileDamaged, "a.pdf", PDF.replace(b"startxref", b"begin")),
    (flaws.FileDamaged, "a.pdf", object_stream(b"<< >>").replace(b"stream\nx", b"stream\n!")),
    (flaws.FileDamaged, "a.jpg", JPEG[:-2]),
    (flaws.FileDamaged, "a.jpg", JPEG[:20]),
    (flaws.FileDamaged, "a.jpg", b"\xff\xd8\xff\xd9"),
    (flaws.FileDamaged, "a.jpg", samples.jpeg(0, 8)),
    (flaws.FileDamaged, "a.png", samples.png()[:-1]),
    (flaws.FileDamaged, "a.png", samples.png().replace(b"IDAT", b"IDAX")),
    (flaws.FileDamaged, "a.png", samples.png(rows=b"\x00")),
    (flaws.FileDamaged, "a.png", samples.png(0, 2)),
    (flaws.FileDamaged, "a.ofd", samples.ofd()[:-10]),
    (flaws.FileDamaged, "a.ofd", samples.ofd(Page_xml=b"<Page/>").replace(b"<Page/>", b"<Pige/>")),
    (flaws.FileLocked, "a.pdf", PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root")),
    (flaws.FileLocked, "a.pdf", PDF.replace(b"/Root", b"/#45ncrypt 2 0 R /Root")),
    (flaws.TextNotUtf8, "a.txt", "核查".encode("gb18030")),
    (flaws.XmlBroken, "a.xml", b"<a><b></a>"),
    (flaws.XmlBroken, "a.xml", b""),
    (flaws.XmlBroken, "a.xml", b'<?xml version="1.0" encoding="nonsense"?><a/>'),
    (flaws.XmlHasDoctype, "a.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    (flaws.XmlHasDoctype, "a.xml", b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
    (flaws.XmlHasDoctype, "a.xml", "<!DOCTYPE a><a/>".encode("utf-16")),
    (flaws.XmlHasDoctype, "a.ofd", samples.ofd(b"<!DOCTYPE OFD><OFD/>")),
    (flaws.XmlTooLarge, "a.xml", b"<a>" * 80 + b"</a>" * 80),
    (flaws.FileIsActive, "a.xml", b'<?xml-stylesheet href="x.xsl"?><a/>'),
    (flaws.FileIsActive, "a.xml", b"<a><script>alert(1)</script></a>"),
    (flaws.FileIsActive, "a.xml", "<a><s:SCRIPT xmlns:s='x'/></a>".encode("utf-16")),
    (flaws.FileIsActive, "a.xml", b'<h:html xmlns:h="http://www.w3.org/1999/xhtml"/>'),
    (flaws.FileIsActive, "a.txt", b"#!/bin/sh\nrm -r x"),
    (flaws.FileIsActive, "a.txt", b"MZ\x90program"),
    (flaws.FileIsActive, "a.txt", b"hello <?php system(1) ?>"),
    (flaws.FileIsActive, "a.pdf", in_catalog(b"/OpenAction << /S /JavaScript /JS (x) >>")),
    (flaws.FileIsActive, "a.pdf", in_catalog(b"/AA << /S /Launch >>")),
    (flaws.FileIsActive, "a.pdf", in_catalog(b"/S /J#61vaScript")),
    (flaws.FileIsActive, "a.pdf", object_stream(b"<< /S /JavaScript >>")),
    (flaws.FileIsActive, "a.ofd", samples.ofd(run_exe=b"MZ\x90")),
    (flaws.FileHidesAnother, "a.pdf", PDF + b"PK\x03\x04hidden"),
    (flaws.FileHidesAnother, "a.pdf", PDF + b"x" * 2_000),
    (flaws.FileHidesAnother, "a.png", samples.png() + b"hidden"),
    (flaws.FileHidesAnother, "a.jpg", JPEG + samples.ofd()),
    (flaws.FileUnfolds, "a.png", samples.png(100_000, 100_000, b"")),
    (flaws.FileUnfolds, "a.png", samples.png(2, 2, b"\x00" * 5_000_000)),
    (flaws.FileUnfolds, "a.jpg", samples.jpeg(60_000, 60_000)),
    (flaws.FileUnfolds, "a.pdf", object_stream(b"\x00" * 1_000, ratio=50_000)),
    (flaws.InnerZipRefused, "a.ofd", inner_zip("../x.xml")),
]


@pytest.mark.parametrize(("kind", "name", "content"), FLAWED, ids=[f"{one[0].__name__}-{n}" for n, one in enumerate(FLAWED)])
def test_each_flaw_has_its_name(kind: type[ArchiveProblem], name: str, content: bytes) -> None:
    found = list(formats.find_flaws(name, content, Limits()))
    assert [type(problem) for problem in found] == [kind]
    assert found[0].file.startswith(name)


def test_an_xml_tree_comes_back_as_it_was_written() -> None:
    tree = Node(
        "事项", {"名称": 'a "b" <c> & \n\t d'}, children=(Node("空"), Node("值", text=" 一\n二 & <三> "), Node("值", text="四"))
    )
    read, _ = parse("x.xml", to_bytes(tree), Limits())
    assert read.attributes == tree.attributes
    assert [node.text for node in read.each("值")] == [" 一\n二 & <三> ", "四"]
    assert read.first("空") == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"\xff\xd8" + b"\xff" * 5_000_000),
        ("a.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 1_000_000),
        ("a.png", samples.png()[:33] + samples.png()[-12:].replace(b"IEND", b"zTXt") * 500_000),
        ("a.pdf", b"%PDF-1.7\n" + b"stream\n" * 500_000 + b"startxref\n9\n%%EOF"),
        ("a.pdf", b"%PDF-1.7\n" + b"stream\nendstream\n" * 200_000 + b"startxref\n9\n%%EOF"),
        ("a.xml", b"<a>" + b"<b/>" * 1_000_000 + b"</a>"),
        ("a.txt", b"<" * 5_000_000),
    ],
)
def test_no_file_can_hold_up_the_check(name: str, content: bytes) -> None:
    begun = time.perf_counter()
    assert len(list(formats.find_flaws(name, content, Limits()))) <= 1
    assert time.perf_counter() - begun < 3  # quadratic work would take minutes
