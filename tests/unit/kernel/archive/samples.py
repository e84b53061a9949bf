"""Small true papers of every kind that lasts, and one finished application made of them."""

import struct
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

from yijianshi.kernel.archive import CasePackage, Item, Paper, Retention, Role, Step, pack
from yijianshi.kernel.archive.model import CHINA

OPENED = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
CLOSED = datetime(2026, 3, 9, 16, 5, 10, tzinfo=CHINA)
STAMP = pack.dos_time(CLOSED)

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n<申请表><姓名>林晓</姓名></申请表>\n'.encode()
TXT = "现场核查记录：符合要求。\n".encode()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, rows: bytes | None = None, interlaced: int = 0) -> bytes:
    """Return a grey PNG whose rows may be given otherwise than its header says."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, interlaced)
    body = zlib.compress(rows if rows is not None else b"\x00" * (height * (width + 1)), 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """Return the segments of a JPEG: frame, scan with a stuffed byte and a restart, end."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + frame + scan + b"\xff\xd9"


def ofd(root: bytes = b'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>', **others: bytes) -> bytes:
    """Return an OFD: a ZIP with OFD.xml."""
    entries = [pack.Entry("OFD.xml", root), *(pack.Entry(name.replace("_", "."), body) for name, body in others.items())]
    return pack.pack(entries, STAMP)


def paper(name: str, content: bytes, media_type: str, role: Role = Role.MATERIAL, **others: Any) -> Paper:
    """Return a paper with a plain title and origin."""
    facts = {"title": f"{role.value}文件", "made_at": OPENED, "origin": "申请人上传"}
    return Paper(name=name, content=content, media_type=media_type, role=role, **{**facts, **others})


PAPERS = (
    paper("申请表.xml", XML, "application/xml", Role.APPLICATION),
    paper("身份证.jpg", jpeg(), "image/jpeg"),
    paper("平面图.png", png(), "image/png"),
    paper("租赁合同.pdf", PDF, "application/pdf"),
    paper("核查记录.txt", TXT, "text/plain", Role.COURSE, origin="窗口人员"),
    paper("许可证.ofd", ofd(), "application/ofd", Role.RESULT, made_at=CLOSED),
)
STEPS = (
    Step(OPENED, "林晓", "提交", "", "已提交", leaf="0" * 64),
    Step(OPENED + timedelta(days=1), "窗口 3 号", "受理", "已提交", "已受理", "材料齐全", "行政许可法第三十二条", "ab" * 32),
    Step(CLOSED.astimezone(UTC), "科长", "准予", "已受理", "已办结", "符合条件\n第二行", "行政许可法第三十八条", "cd" * 32),
)


def package(**others: Any) -> CasePackage:
    """Return the finished application, with other values where given."""
    facts: dict[str, Any] = {
        "number": "310000-20260302-000017",
        "title": "林晓开办餐饮店",
        "items": (Item("000131016000", "食品经营许可"), Item("000125018000", "户外招牌设置")),
        "organisation": "市市场监督管理局",
        "applicant": "林*",
        "opened_at": OPENED,
        "closed_at": CLOSED,
        "outcome": "准予许可",
        "retention": Retention.YEARS_30,
        "papers": PAPERS,
        "steps": STEPS,
        "extra": (("一件事", "开办餐饮店"),),
    }
    return CasePackage(**{**facts, **others})


def repacked(files: dict[str, bytes]) -> bytes:
    """Return the ZIP of *files* with right checksums and an unchanged manifest, as somebody with an ordinary program makes it."""
    return pack.pack((pack.Entry(path, content) for path, content in files.items()), STAMP)
