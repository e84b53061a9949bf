"""Small real files of each kind, made on the spot."""

import io
import struct
import zipfile
import zlib

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(active: str = "", password: str = "") -> bytes:
    """Return a one-page PDF; *active* is JavaScript it runs on opening, *password* locks it."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if active:
        script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(active)}
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """Return one part of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 1, height: int = 1) -> bytes:
    """Return a PNG that declares the size given."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """Return the frame of a JPEG: enough structure for a reader to know its size and end."""
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + app0 + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34" + b"\xff\xd9"


def archive(**parts: bytes) -> bytes:
    """Return a zip; ``__`` in a name stands for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "."), body)
    return out.getvalue()


def ofd(**more: bytes) -> bytes:
    """Return an OFD with one document."""
    root = b'<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'
    return archive(OFD__xml=root, Document__xml=b"<ofd:Document/>", **more)
