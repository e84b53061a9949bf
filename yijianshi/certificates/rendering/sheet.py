"""A document that people sign, as PDF: parts with a heading, lines with or without a label."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import typst
from django.conf import settings

from yijianshi.certificates.logic import boxes
from yijianshi.certificates.logic.face import written_date
from yijianshi.certificates.rendering.pdf import compile_pdf, printable
from yijianshi.foundation import clock
from yijianshi.kernel.text import Text


def render_sheet(content: Mapping[str, Any], signers: Sequence[Text], *, at: datetime) -> bytes:
    """Return the document as PDF; *content* is ``{title, parts: [{heading, rows: [[label or None, words], …]}]}``.

    Its last page keeps a box free for each of the *signers*, in their order. The same words give the same bytes.
    """
    words = {
        "name": content["title"],
        "parts": content["parts"],
        "issuer": Text(settings.EXCHANGE_NAME, settings.EXCHANGE_NAME).to_json(),
        "issued": written_date(clock.today(at)).to_json(),
        "demo": settings.DEMO,
        "boxes": [_box(number, label) for number, label in enumerate(signers[: boxes.MOST])],
    }
    text, moment = json.dumps(printable(words), ensure_ascii=False), int(at.timestamp())
    try:
        return compile_pdf("sheet", text, moment, ["a-2b"])
    except typst.TypstError:  # a character the font does not have: see render_pdf
        return compile_pdf("sheet", text, moment, [])


def render_signature(picture: str, lines: Sequence[str]) -> bytes:
    """Return what one signature shows in its box, as a PDF page of that size: its *picture* (SVG) and *lines* beside it."""
    words = {"lines": printable(list(lines)), "picture": picture, "width": boxes.WIDTH, "height": boxes.HEIGHT}
    return compile_pdf("signature", json.dumps(words, ensure_ascii=False), 0, [])


def _box(number: int, label: Text) -> dict[str, Any]:
    x, y = boxes.place_of(number)
    return {"x": x, "y": y, "width": boxes.WIDTH, "height": boxes.HEIGHT, "label": label.to_json()}
