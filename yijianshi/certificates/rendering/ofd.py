"""A certificate as OFD: the same words and metadata as the PDF, set on one A4 page or more."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from yijianshi.certificates.logic.codes import grouped
from yijianshi.certificates.logic.face import written_date
from yijianshi.certificates.opened import CertificateView
from yijianshi.certificates.rendering.pdf import printable
from yijianshi.certificates.rendering.qr import code_of, verification_url
from yijianshi.foundation import clock
from yijianshi.kernel.ofd.model import Document, Image, Line, Page, Text, wrapped
from yijianshi.kernel.ofd.signatures import Place, Prepared, finish, prepare
from yijianshi.kernel.ofd.writer import write

_QUIET, _RED = "91 100 112", "200 16 46"
_LEFT, _WIDE, _VALUE = 30.0, 150.0, 78.0
_FIRST, _FOOT, _BREAK = 84.0, 232.0, 218.0
_SEAL = 42.0

Piece = Text | Line | Image


def render_ofd(
    certificate: CertificateView, about: Mapping[str, str], seal: bytes, make: Callable[[Prepared], bytes], at: datetime
) -> bytes:
    """Return the certificate as a sealed OFD; *make* returns the sealing of the prepared package, *seal* is the seal alone."""
    pages = _pages(certificate)
    document = Document(
        pages=tuple(pages),
        title=certificate.name.zh,
        author=certificate.issuer_name.zh,
        doc_id=sha256(certificate.identifier.encode()).hexdigest()[:32],
        created_on=clock.today(certificate.issued_at),
        custom=about,
    )
    prepared = prepare(write(document), Place(len(pages), 128, _FOOT - 18, _SEAL, _SEAL), at=at)
    return finish(prepared, make(prepared), seal)


def _pages(certificate: CertificateView) -> list[Page]:
    pages: list[list[Piece]] = [_head(certificate)]
    y = _FIRST
    for label, words in _lines(certificate):
        shown = wrapped(words, 4.4, _LEFT + _WIDE - _VALUE)
        if y + 6.4 * len(shown) > _BREAK:
            pages.append([])
            y = 40.0
        pages[-1].append(Text(_LEFT, y, label, 3.8, _QUIET))
        pages[-1] += [Text(_VALUE, y + 6.4 * number, line, 4.4) for number, line in enumerate(shown)]
        y += 6.4 * len(shown) + 4.2
        pages[-1].append(Line(_LEFT, y - 5.4, _LEFT + _WIDE, y - 5.4))
    pages[-1] += _foot(certificate)
    return [Page(tuple(page)) for page in pages]


def _lines(certificate: CertificateView) -> list[tuple[str, str]]:
    lines = [(line.label.zh, line.value.zh) for line in certificate.fields]
    if certificate.number_line:
        lines.append(("编号", certificate.number_line))
    return [(_plain(label), _plain(words)) for label, words in lines]


def _head(certificate: CertificateView) -> list[Piece]:
    name = Text(0, 46, _plain(certificate.name.zh), 11, bold=True)
    statement = wrapped(_plain(certificate.statement.zh), 4.4, _WIDE)
    return [
        Text(105 - name.width / 2, name.y, name.words, name.size, bold=True),
        *(Text(_LEFT, 62 + 6.4 * number, line, 4.4) for number, line in enumerate(statement[:2])),
    ]


def _foot(certificate: CertificateView) -> list[Piece]:
    issuer = Text(0, _FOOT, _plain(certificate.issuer_name.zh), 4.8)
    issued = Text(0, _FOOT + 8, written_date(clock.today(certificate.issued_at)).zh, 4.4)
    right = _LEFT + _WIDE
    small = [
        f"证照标识  {certificate.identifier}",
        f"查验码  {grouped(certificate.verification_code)}",
        verification_url(certificate),
    ]
    pieces: list[Piece] = [
        Text(right - issuer.width, issuer.y, issuer.words, issuer.size),
        Text(right - issued.width, issued.y, issued.words, issued.size),
        Image(_LEFT, _FOOT - 10, 28, 28, _qr(certificate)),
        *(Text(_LEFT, 266 + 4.6 * number, line, 2.8, _QUIET) for number, line in enumerate(small)),
    ]
    if settings.DEMO:
        pieces.append(Text(_LEFT, 284, "本证照为演示，不具有法律效力", 3.2, _RED))
    return pieces


def _qr(certificate: CertificateView) -> bytes:
    drawn = io.BytesIO()
    code_of(verification_url(certificate)).save(drawn, kind="png", border=2, scale=6)
    return drawn.getvalue()


def _plain(words: str) -> str:
    return str(printable(words))
