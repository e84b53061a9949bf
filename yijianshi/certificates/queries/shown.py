"""Showing certificates: what can be shown, and what was."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.certificates.logic.disclosure import Line, age_lines
from yijianshi.certificates.models import Certificate, Show
from yijianshi.certificates.opened import CertificateView
from yijianshi.certificates.queries.access import is_in_wallet
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

HOLDER, NUMBER = "holder", "number"


@dataclass(frozen=True, slots=True)
class ShowCard:
    """One showing: for what, when, and when it was seen, if it was."""

    purpose: str
    made_at: datetime
    seen_at: datetime | None


def lines_of(certificate: CertificateView, today: date) -> list[Line]:
    """Return every line that can be shown alone: the holder, the number, the face, and the ages a birth date answers."""
    lines = [Line(line.name, line.label, line.value) for line in certificate.fields]
    for line in certificate.fields:
        if line.born_on is not None:
            lines += age_lines(line.name, line.born_on, today)
    known = {line.words.zh for line in lines}
    if certificate.holder_name not in known:
        lines.insert(0, Line(HOLDER, Text("持证人", "Holder"), Text(certificate.holder_name, certificate.holder_name)))
    if certificate.number_line:
        lines.append(Line(NUMBER, Text("编号", "Number"), Text(certificate.number_line, certificate.number_line)))
    return lines


def list_shows(certificate_id: UUID, by: Actor) -> list[ShowCard]:
    """Return the last showings of a certificate to the holder's side only; raises NotFound for anybody else."""
    row = Certificate.objects.filter(pk=certificate_id).defer("sealed").first()
    if row is None or not is_in_wallet(row, by):
        raise NotFound(what=Text("这份证照", "This certificate"))
    rows = Show.objects.filter(certificate_id=certificate_id).order_by("-made_at")[:20]
    return [ShowCard(one.purpose, one.made_at, one.seen_at) for one in rows]
