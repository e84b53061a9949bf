"""A small document, and a package made by hand."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, date, datetime

from yijianshi.kernel.ofd.model import Document, Image, Line, Page, Text
from yijianshi.kernel.ofd.signatures import Place, finish, prepare
from yijianshi.kernel.ofd.writer import write

AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
DOCUMENT = Document(
    pages=(
        Page((Text(30, 40, "结婚证 <b>&amp;", 9, bold=True), Line(30, 50, 180, 50), Text(30, 60, "持证人：王芳 Wang Fang"))),
        Page((Image(150, 200, 42, 42, PNG), Image(10, 200, 42, 42, PNG), Text(30, 60, "A"))),
    ),
    title="结婚证",
    author="郑州市民政局",
    doc_id="0123456789abcdef0123456789abcdef",
    created_on=date(2026, 3, 2),
    custom={"证照名称": "结婚证", "持证主体": "王芳 & <李强>"},
)
PLAIN = write(DOCUMENT)
PREPARED = prepare(PLAIN, Place(1, 150, 200, 42, 42), at=AT)
SIGNED = finish(PREPARED, b"sealing", b"seal")


def zipped(*parts: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a package of these files, whatever they are called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in parts:
            made.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()
