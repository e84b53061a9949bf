"""Reads of the certificates room; each returns only what the asking actor may see."""

from yijianshi.certificates.opened import CertificateView, FaceRowView
from yijianshi.certificates.queries.held import (
    Held,
    Issued,
    held_offers,
    identifiers_by_case,
    ids_by_case,
    issued_by_case,
    list_held,
)
from yijianshi.certificates.queries.one import get_certificate
from yijianshi.certificates.queries.types import type_names
from yijianshi.certificates.queries.uses import UseCard, list_uses
from yijianshi.certificates.queries.verify import PublicCertificate, UnknownCode, verify
from yijianshi.certificates.rendering.note import render_note
from yijianshi.certificates.rendering.pdf import render_pdf
from yijianshi.certificates.rendering.qr import qr_svg, verification_url

__all__ = [
    "CertificateView",
    "FaceRowView",
    "Held",
    "Issued",
    "PublicCertificate",
    "UnknownCode",
    "UseCard",
    "get_certificate",
    "held_offers",
    "identifiers_by_case",
    "ids_by_case",
    "issued_by_case",
    "list_held",
    "list_uses",
    "qr_svg",
    "render_note",
    "render_pdf",
    "type_names",
    "verification_url",
    "verify",
]
