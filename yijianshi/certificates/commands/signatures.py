"""Electronic signatures of persons: a key each, held here and released by a second factor; and drawn ones, which the house seals.

The caller has made sure who signs; here is what that makes of a PDF. Basis: 电子签名法 articles 13 and 14 [L].
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yijianshi.certificates.commands.authority import certify, ensure_authority, term_under
from yijianshi.certificates.logic import metadata
from yijianshi.certificates.models import RAN_OUT, PersonalSeal
from yijianshi.certificates.queries.locks import lock_personal_seal
from yijianshi.certificates.rendering import pdf_seal, seal_picture
from yijianshi.certificates.rendering.sheet import render_signature
from yijianshi.foundation import history, serials, signing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Forbidden, NotFound
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.pki.certificates import Name
from yijianshi.kernel.seals import making
from yijianshi.kernel.seals.structures import Picture, SealInfo
from yijianshi.kernel.text import Text

PERSON, HOUSE = "person", "witness"
TERM = timedelta(days=3 * 365)
_KIND = {PERSON: 2, HOUSE: 1}


@dataclass(frozen=True, slots=True)
class Signed:
    """A document with one signature more."""

    content: bytes = field(repr=False)
    sha256: str
    es_id: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A signature drawn by hand: the picture (PNG) and its size in millimetres."""

    picture: bytes = field(repr=False)
    width: int
    height: int


@transaction.atomic
def sign(document: bytes, about: Mapping[str, str], shown: Sequence[str] = (), *, by: Actor, at: datetime) -> Signed:
    """Return the PDF signed by the natural person *by* with their own key, made at first use; *about* goes with it, signed too.

    *shown*: the lines that stand beside the picture in the signer's box, for a document whose last page keeps boxes free.
    Raises Forbidden for whoever is no person.
    """
    if by.person_id is None:
        raise Forbidden(why=Text("只有本人可以签名", "only a person can sign"))
    row = _seal_in_use(by.person_id, by, at)
    picture = seal_picture.draw_name(identity.get_person(by.person_id, SYSTEM).name)
    return _put_on(document, about, bytes(row.der), row, at, _shown(picture, shown))


@transaction.atomic
def seal_drawing(
    document: bytes, about: Mapping[str, str], drawing: Drawing, shown: Sequence[str] = (), *, by: Actor, at: datetime
) -> Signed:
    """Return the PDF with a signature drawn by *by*, sealed by the house, which vouches for nothing but what it saw (*about*)."""
    row = _seal_in_use(None, by, at)
    card = identity.get_person(by.person_id, SYSTEM) if by.person_id else None
    name = f"{card.name if card else by.name}手写签名（平台见证）"
    picture = Picture("PNG", drawing.picture, drawing.width, drawing.height)
    der = _seal_object(f"H{serials.take(1)[0]:013d}", name, _KIND[HOUSE], picture, signing.get(row.key_id), at)
    return _put_on(document, about, der, row, at, _shown(seal_picture.around(drawing.picture), shown))


@transaction.atomic
def end_signature(reason: str, *, by: Actor, at: datetime) -> None:
    """End one's own signature: its certificate is revoked, the next signing makes a new one; what was signed stays signed."""
    row = lock_personal_seal(by.person_id) if by.person_id else None
    if row is None:
        raise NotFound(what=Text("您的电子签名", "Your electronic signature"))
    row.ended_at, row.ended_reason = at, reason.strip()[:300]
    row.save(update_fields=["ended_at", "ended_reason"])
    signing.retire(row.key_id, at=at)
    _record(row, "end", by, at, reason.strip())


def _shown(picture: str, lines: Sequence[str]) -> bytes | None:
    return render_signature(picture, lines) if lines else None


def _put_on(
    document: bytes, about: Mapping[str, str], der: bytes, row: PersonalSeal, at: datetime, shown: bytes | None
) -> Signed:
    key = signing.get(row.key_id)

    def make(digest: bytes) -> bytes:
        return making.seal_document(
            der, data_hash=digest, property_info=pdf_seal.PROPERTY, at=at, signer=key.signer, certificate=key.certificate
        )

    content = pdf_seal.seal_pdf(document, metadata.to_text(about), make, shown)
    return Signed(content, hashlib.sha256(content).hexdigest(), row.es_id)


def _seal_in_use(person_id: UUID | None, by: Actor, at: datetime) -> PersonalSeal:
    """Return the seal object in use, made now where there is none or it has run out."""
    row = lock_personal_seal(person_id)
    if row is not None and row.valid_to > at:
        return row
    if row is not None:
        row.ended_at, row.ended_reason = at, RAN_OUT
        row.save(update_fields=["ended_at", "ended_reason"])
    return _make(person_id, by, at)


def _make(person_id: UUID | None, by: Actor, at: datetime) -> PersonalSeal:
    purpose = PERSON if person_id else HOUSE
    name = _name_of(person_id)
    root, maker = ensure_authority(at=at)
    key = signing.rotate(purpose, person_id, at=at, term=term_under(TERM, root, maker, at=at))
    key = certify(Name(name, settings.EXCHANGE_NAME), key, root)
    es_id = f"{purpose[0].upper()}{serials.take(1)[0]:013d}"
    drawn = seal_picture.draw_name(name.partition("（")[0])
    picture = Picture("PNG", seal_picture.to_png(drawn), seal_picture.SIZE_MM, seal_picture.SIZE_MM)
    row = PersonalSeal.objects.create(
        person_id=person_id,
        es_id=es_id,
        der=_seal_object(es_id, f"{name}电子签名" if person_id else name, _KIND[purpose], picture, key, at),
        key_id=key.id,
        valid_from=key.valid_from,
        valid_to=key.valid_to,
    )
    _record(row, "make", by, at)
    return row


def _name_of(person_id: UUID | None) -> str:
    """Return whom the certificate names; people of one name differ by the visible digits of their ID number."""
    if person_id is None:
        return f"{settings.EXCHANGE_NAME}见证章"
    card = identity.get_person(person_id, SYSTEM)
    return f"{card.name}（{masks.mask_id_number(card.id_number)}）"


def _seal_object(es_id: str, name: str, kind: int, picture: Picture, key: signing.Key, at: datetime) -> bytes:
    _, maker = ensure_authority(at=at)
    info = SealInfo(
        es_id=es_id,
        kind=kind,
        name=name,
        created_at=at,
        valid_from=key.valid_from,
        valid_to=key.valid_to,
        picture=picture,
        certificates=(key.certificate,),
    )
    return making.make_seal(info, signer=maker.signer, certificate=maker.certificate)


def _record(row: PersonalSeal, action: str, by: Actor, at: datetime, reason: str = "") -> None:
    history.record(
        [
            history.Entry(
                subject_kind="personal-seal",
                subject_id=row.pk,
                action=action,
                actor=by.to_record(),
                at=at,
                reason=reason,
                payload={"es_id": row.es_id},
            )
        ]
    )
