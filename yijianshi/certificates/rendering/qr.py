"""The QR code that leads to the verification page."""

import io
from functools import lru_cache

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from yijianshi.certificates.opened import CertificateView


def verification_url(certificate: CertificateView) -> str:
    """Return the public address that verifies this certificate; it holds the random code and nothing personal."""
    return f"{settings.PUBLIC_URL}/verify/{certificate.verification_code}/"


def qr_picture(certificate: CertificateView) -> str:
    """Return the QR code as a stand-alone SVG, four modules of quiet zone included."""
    written = io.BytesIO()
    code_of(verification_url(certificate)).save(written, kind="svg", border=4, xmldecl=False, scale=4)
    return written.getvalue().decode()


@lru_cache(maxsize=16)
def code_of(address: str) -> segno.QRCode:
    """Return the QR code of an address; kept for a moment, since a certificate needs it for several files."""
    return segno.make(address, error="m", micro=False)


def qr_svg(certificate: CertificateView) -> SafeString:
    """Return the QR code as inline SVG for a page: no style attribute, so the strict content policy lets it pass."""
    return qr_of(verification_url(certificate))


def qr_of(address: str) -> SafeString:
    """Return the QR code of an address as inline SVG for a page."""
    return mark_safe(code_of(address).svg_inline(border=2, scale=4, svgclass=None, lineclass=None, omitsize=True))  # noqa: S308 - our own drawing
