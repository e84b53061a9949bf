"""A statement as PDF that stands for a paper nobody handed in: who vouches, for what, on which day."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from yijianshi.certificates.logic.face import written_date
from yijianshi.certificates.rendering.pdf import compile_pdf, printable
from yijianshi.foundation import clock
from yijianshi.kernel.text import Text

_CASE = Text("办件编号", "Case number")


def render_note(title: Text, lines: Sequence[tuple[Text, Text]], number: str, *, at: datetime) -> bytes:
    """Return the statement about case *number* as PDF; *lines* are label and words. The same words give the same bytes."""
    shown = [(_CASE, Text(number, number)), *lines]
    words = {
        "name": title.to_json(),
        "fields": [[label.to_json(), value.to_json()] for label, value in shown],
        "issuer": Text(settings.EXCHANGE_NAME, settings.EXCHANGE_NAME).to_json(),
        "issued": written_date(clock.today(at)).to_json(),
    }
    return compile_pdf("note", json.dumps(printable(words), ensure_ascii=False), int(at.timestamp()), ["a-2b"])
