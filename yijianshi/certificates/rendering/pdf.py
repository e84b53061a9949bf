"""PDF by typst. All text travels as one JSON value through ``sys.inputs`` and is set as text, never read as markup or code."""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category

import noto_cjk_sans_otc  # type: ignore[import-untyped]
import typst
from django.conf import settings

from yijianshi.certificates.logic.codes import grouped
from yijianshi.certificates.logic.face import LAYOUTS, written_date
from yijianshi.certificates.opened import CertificateView
from yijianshi.certificates.rendering.qr import qr_picture, verification_url
from yijianshi.certificates.rendering.signer import NullSigner, Signer
from yijianshi.foundation import clock
from yijianshi.kernel.text import Text

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
# The font comes with the installation: the same certificate looks the same on every machine.
_FONTS = Path(noto_cjk_sans_otc.__file__).parent
_compiling = threading.Lock()


def render_pdf(certificate: CertificateView, signer: Signer | None = None, *, purpose: Text | None = None) -> bytes:
    """Return the certificate as PDF/A, with *purpose* across the page; equal certificates give equal bytes.

    Made anew each time: it takes milliseconds, and a cache on disk would be one more place with personal data.
    """
    signer = signer or NullSigner()
    layout = certificate.layout if certificate.layout in LAYOUTS else LAYOUTS[0]
    content = json.dumps(_content(certificate, signer, purpose), ensure_ascii=False)
    moment = int(certificate.issued_at.timestamp())
    try:
        document = compile_pdf(layout, content, moment, ["a-2b"])
    except typst.TypstError:
        # PDF/A refuses a character the font does not have. A certificate with one empty box is better than none.
        document = compile_pdf(layout, content, moment, [])
    return signer.sign(document, issuer_id=certificate.issuer_id, at=certificate.issued_at)


def compile_pdf(layout: str, content: str, moment: int, standards: list[str]) -> bytes:
    """Return *content* (JSON for ``base.typ``) set by the template *layout*, *moment* in seconds since 1970."""
    with _compiling:  # one compiler is shared, since loading its fonts costs more than the page
        document = _compiler().compile(
            input=str(_TEMPLATES / f"{layout}.typ"),
            format="pdf",
            sys_inputs={"certificate": content},
            pdf_standards=standards,  # type: ignore[arg-type]
            timestamp=moment,
        )
    if not isinstance(document, bytes):
        raise TypeError(f"typst answered {type(document)} instead of one document")
    return document


def compile_picture(svg: str, width: float) -> bytes:
    """Return an SVG picture as PNG, *width* millimetres square, 110 dots an inch, without background."""
    with _compiling:
        picture = _compiler().compile(
            input=str(_TEMPLATES / "picture.typ"), format="png", ppi=110, sys_inputs={"picture": svg, "width": str(width)}
        )
    if not isinstance(picture, bytes):
        raise TypeError(f"typst answered {type(picture)} instead of one picture")
    return picture


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(_TEMPLATES), font_paths=[str(_FONTS)], ignore_system_fonts=True)


def _content(certificate: CertificateView, signer: Signer, purpose: Text | None) -> dict[str, Any]:
    seal = signer.mark(certificate.issuer_id)
    pictures = {"qr": qr_picture(certificate), "seal_picture": seal.picture}
    words = {
        "name": certificate.name.to_json(),
        "statement": certificate.statement.to_json(),
        "fields": [[line.label.to_json(), line.value.to_json()] for line in certificate.fields],
        "number": certificate.number_line,
        "identifier": certificate.identifier,
        "issuer": certificate.issuer_name.to_json(),
        "issued": written_date(clock.today(certificate.issued_at)).to_json(),
        "validity": _validity(certificate).to_json(),
        "state": None if certificate.state == "VALID" else certificate.state_text.to_json(),
        "code": grouped(certificate.verification_code),
        "url": verification_url(certificate),
        "seal": {"text": seal.text.to_json(), "note": seal.note.to_json()},
        "demo": settings.DEMO,
        "purpose": purpose.to_json() if purpose else None,
    }
    return {**printable(words), **pictures}


def printable(value: Any) -> Any:
    """Return the words without control and direction characters, which could make a name read as another."""
    if isinstance(value, str):
        return "".join(" " if char in "\n\r\t" else char for char in value if char in "\n\r\t" or category(char)[0] != "C")
    if isinstance(value, dict):
        return {name: printable(part) for name, part in value.items()}
    return [printable(part) for part in value] if isinstance(value, list) else value


def _validity(certificate: CertificateView) -> Text:
    if certificate.valid_to is None:
        return Text("长期有效", "No expiry")
    first, last = written_date(certificate.valid_from), written_date(certificate.valid_to)
    return Text(f"{first.zh} 至 {last.zh}", f"{first.en} – {last.en}")
