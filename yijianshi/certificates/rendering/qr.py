"""The QR code that leads to the verification page."""

import io

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
    segno.make(verification_url(certificate), error="m", micro=False).save(written, kind="svg", border=4, xmldecl=False, scale=4)
    return written.getvalue().decode()


def qr_svg(certificate: CertificateView) -> SafeString:
    """Return the QR code as inline SVG for a page: no style attribute, so the strict content policy lets it pass."""
    return qr_of(verification_url(certificate))


def qr_of(address: str) -> SafeString:
    """Return the QR code of an address as inline SVG for a page."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, scale=4, svgclass=None, lineclass=None, omitsize=True))  # noqa: S308 - our own drawing
