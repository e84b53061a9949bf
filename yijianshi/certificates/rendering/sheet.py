"""A document that people sign, as PDF: parts with a heading, lines with or without a label."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst
from django.conf import settings

from yijianshi.certificates.logic.face import written_date
from yijianshi.certificates.rendering.pdf import compile_pdf, printable
from yijianshi.foundation import clock
from yijianshi.kernel.text import Text


def render_sheet(content: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the document as PDF; *content* is ``{title, parts: [{heading, rows: [[label or None, words], …]}]}``.

    The same words give the same bytes.
    """
    words = {
        "name": content["title"],
        "parts": content["parts"],
        "issuer": Text(settings.EXCHANGE_NAME, settings.EXCHANGE_NAME).to_json(),
        "issued": written_date(clock.today(at)).to_json(),
        "demo": settings.DEMO,
    }
    text, moment = json.dumps(printable(words), ensure_ascii=False), int(at.timestamp())
    try:
        return compile_pdf("sheet", text, moment, ["a-2b"])
    except typst.TypstError:  # a character the font does not have: see render_pdf
        return compile_pdf("sheet", text, moment, [])
