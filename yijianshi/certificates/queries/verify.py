"""What anybody may know who holds a verification code in hand."""

from dataclasses import dataclass
from datetime import date

from yijianshi.certificates import faces, sealed
from yijianshi.certificates.logic.codes import clean_code, mask_number
from yijianshi.certificates.logic.states import State, describe, is_usable
from yijianshi.certificates.models import Certificate
from yijianshi.foundation import clock
from yijianshi.identity import queries as identity
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.text import Text


class UnknownCode(NotFound):
    """没有查到这个查验码。请对照证照再输一遍；如果还是没有，这份证照可能不是本平台签发的，请向发证机关核实。

    There is no certificate with this code. Please compare it with the certificate and type it again; if it is still not found,
    the certificate may not have been issued here: please ask the issuing authority.
    """


@dataclass(frozen=True, slots=True)
class PublicCertificate:
    """Just enough to compare with the certificate in hand: name and number are masked (个人信息保护法 art. 6)."""

    name: Text
    number: str
    holder_name: str
    issuer_name: Text
    issued_on: date
    valid_from: date
    valid_to: date | None
    state: State
    state_text: Text
    is_valid: bool


def verify(verification_code: str, *, on: date) -> PublicCertificate:
    """Return the public view of the certificate with this code, judged on the day *on*; raises UnknownCode."""
    row = Certificate.objects.filter(verification_code=clean_code(verification_code)).first()
    if row is None:
        raise UnknownCode
    content = sealed.unseal(row.sealed, row.pk)
    state = State(row.state)
    return PublicCertificate(
        name=faces.load([row.face_sha])[row.face_sha].name,
        number=mask_number(content.number),
        holder_name=masks.mask_name(content.holder_name) if row.holder_kind == "PERSON" else content.holder_name,
        issuer_name=identity.get_organisation(row.issuer_organisation_id).name,
        issued_on=clock.today(row.issued_at),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        state=state,
        state_text=describe(state, row.valid_from, row.valid_to, on),
        is_valid=is_usable(state, row.valid_from, row.valid_to, on),
    )
