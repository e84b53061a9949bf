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
from yijianshi.certificates.queries.issued import IssuedCard, IssuedView, get_issued, list_issued
from yijianshi.certificates.queries.one import get_certificate
from yijianshi.certificates.queries.proofs import get_proof
from yijianshi.certificates.queries.sealed_files import SealCard, list_seals, seal_picture
from yijianshi.certificates.queries.shown import ShowCard, lines_of, list_shows
from yijianshi.certificates.queries.telling import NoticeFacts, notice_facts
from yijianshi.certificates.queries.trust import ended_list, revocation_lists, root_certificates, trusted
from yijianshi.certificates.queries.types import type_names
from yijianshi.certificates.queries.uses import UseCard, list_uses
from yijianshi.certificates.queries.verify import PublicCertificate, UnknownCode, verify
from yijianshi.certificates.rendering.note import render_note
from yijianshi.certificates.rendering.pdf import render_pdf
from yijianshi.certificates.rendering.qr import qr_of, qr_svg, verification_url
from yijianshi.certificates.rendering.seal_picture import to_small_png
from yijianshi.certificates.rendering.sheet import render_sheet

__all__ = [
    "CertificateView",
    "FaceRowView",
    "Held",
    "Issued",
    "IssuedCard",
    "IssuedView",
    "NoticeFacts",
    "PublicCertificate",
    "SealCard",
    "ShowCard",
    "UnknownCode",
    "UseCard",
    "ended_list",
    "get_certificate",
    "get_issued",
    "get_proof",
    "held_offers",
    "identifiers_by_case",
    "ids_by_case",
    "issued_by_case",
    "lines_of",
    "list_held",
    "list_issued",
    "list_seals",
    "list_shows",
    "list_uses",
    "notice_facts",
    "qr_of",
    "qr_svg",
    "render_note",
    "render_pdf",
    "render_sheet",
    "revocation_lists",
    "root_certificates",
    "seal_picture",
    "to_small_png",
    "trusted",
    "type_names",
    "verification_url",
    "verify",
]
