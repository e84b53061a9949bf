"""The kinds of file we know, by their first bytes; the ones we take, and the ones we only recognise to say why not."""

from dataclasses import dataclass

from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file we take: media type, usual endings (first = ours), words."""

    mime: str
    endings: tuple[str, ...]
    words: Text


PDF = Kind("application/pdf", ("pdf",), Text("PDF 文件", "PDF file"))
JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), Text("JPG 图片", "JPG picture"))
PNG = Kind("image/png", ("png",), Text("PNG 图片", "PNG picture"))
OFD = Kind("application/ofd", ("ofd",), Text("OFD 文件", "OFD file"))
ALL = {kind.endings[0]: kind for kind in (PDF, JPEG, PNG, OFD)}

_MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_ZIP = b"PK\x03\x04"

_PROGRAM = Text("一个程序", "a program")
_OFFICE = Text("一个办公软件文档", "an office document")
_REFUSED: tuple[tuple[bytes, Text], ...] = (
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xfe\xed\xfa", _PROGRAM),
    (b"\x00asm", _PROGRAM),
    (b"dex\n", _PROGRAM),
    (b"#!", Text("一个脚本", "a script")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"{\\rtf", _OFFICE),
    (b"PK\x03\x04", Text("一个压缩包或办公软件文档", "an archive or an office document")),
    (b"PK\x05\x06", Text("一个压缩包", "an archive")),
    (b"Rar!", Text("一个压缩包", "an archive")),
    (b"7z\xbc\xaf\x27\x1c", Text("一个压缩包", "an archive")),
    (b"\x1f\x8b", Text("一个压缩包", "an archive")),
    (b"GIF8", Text("GIF 图片", "a GIF picture")),
    (b"BM", Text("BMP 图片", "a BMP picture")),
    (b"II*\x00", Text("TIFF 图片", "a TIFF picture")),
    (b"MM\x00*", Text("TIFF 图片", "a TIFF picture")),
    (b"RIFF", Text("WebP 图片或影音文件", "a WebP picture or a media file")),
    (b"<", Text("网页或 XML 文件", "a web page or XML file")),
)
_UNKNOWN = Text("我们不认识的格式", "in a format we do not know")
_HEIC = Text("HEIC 照片", "a HEIC photo")


def find_kind(content: bytes) -> Kind | None:
    """Return the kind we take that *content* begins as, or None; a zip counts as OFD until its inside is seen."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    return OFD if content.startswith(_ZIP) and b"OFD.xml" in content else None


def describe(content: bytes) -> Text:
    """Return in words what *content* is, for a refusal."""
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"hevc", b"msf1"}:
        return _HEIC
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((words for magic, words in _REFUSED if head.startswith(magic)), _UNKNOWN)


def list_words(kinds: frozenset[Kind]) -> Text:
    """Return the kinds in words, for "please upload …"."""
    ordered = [kind.words for kind in ALL.values() if kind in kinds]
    return Text("、".join(text.zh for text in ordered), " or ".join(f"a {text.en}" for text in ordered))
