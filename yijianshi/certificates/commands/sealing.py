"""Sealing certificates: their files get the issuer's seal, once, by the seal's published rule or by somebody on its list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yijianshi.certificates.commands.seals import EVERY_TYPE
from yijianshi.certificates.logic import metadata
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.models import Certificate, Seal, SealedFile
from yijianshi.certificates.opened import CertificateView, views_of
from yijianshi.certificates.queries.locks import lock_certificates, lock_unsealed
from yijianshi.certificates.queries.one import get_certificate
from yijianshi.certificates.queries.sealed_files import find_file
from yijianshi.certificates.rendering import pdf_seal
from yijianshi.certificates.rendering.ofd import render_ofd
from yijianshi.certificates.rendering.pdf import render_pdf
from yijianshi.certificates.rendering.signer import SealMark
from yijianshi.foundation import files, history, signing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Conflict, Forbidden, NotFound
from yijianshi.kernel.ofd.signatures import Prepared
from yijianshi.kernel.seals import making
from yijianshi.kernel.text import Text

Press = Callable[[CertificateView, "Ready", datetime], bytes]


class NoSealInUse(Conflict):
    """{name}还没有电子印章，这份证照暂时不能盖章。请发证机关先制章。

    {name} has no electronic seal yet, so the certificate cannot be sealed. The issuing authority has to have one made first.
    """


class NotSealed(NotFound):
    """这份证照现在没有盖章的 OFD 文件。可以保存 PDF。

    There is no sealed OFD file of this certificate now. You can save the PDF.
    """


@dataclass(frozen=True, slots=True)
class Ready:
    """A seal and the key to use it with."""

    row: Seal
    key: signing.Key

    def make(self, data_hash: bytes, property_info: str, at: datetime) -> bytes:
        """Return the sealing (DER) of a digest."""
        return making.seal_document(
            bytes(self.row.der),
            data_hash=data_hash,
            property_info=property_info,
            at=at,
            signer=self.key.signer,
            certificate=self.key.certificate,
        )


@dataclass(frozen=True, slots=True)
class _PdfSigner:
    """The port of the renderer: draws the seal's picture, and signs last."""

    ready: Ready
    about: str
    at: datetime
    name: str = "seal"

    def mark(self, issuer_id: UUID) -> SealMark:
        """Return the seal's picture."""
        name = Text(**self.ready.row.name)
        return SealMark(name, Text("已加盖电子印章", "Sealed electronically"), self.ready.row.picture)

    def sign(self, document: bytes, *, issuer_id: UUID, at: datetime) -> bytes:
        """Return the document with the sealing in it."""
        return pdf_seal.seal_pdf(document, self.about, lambda digest: self.ready.make(digest, pdf_seal.PROPERTY, self.at))


def _press_pdf(certificate: CertificateView, ready: Ready, at: datetime) -> bytes:
    return render_pdf(certificate, _PdfSigner(ready, metadata.to_text(metadata_of(certificate)), at))


def _press_ofd(certificate: CertificateView, ready: Ready, at: datetime) -> bytes:
    def make(prepared: Prepared) -> bytes:
        return ready.make(prepared.data_hash, prepared.property_info, at)

    return render_ofd(certificate, metadata_of(certificate), bytes(ready.row.der), make, at)


PRESSES: dict[str, Press] = {"PDF": _press_pdf, "OFD": _press_ofd}


@transaction.atomic
def seal(certificate_ids: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """Seal valid certificates and return how many; those sealed already stay as they are.

    The house itself may by the seal's rule, a member of the issuing organisation who is on the seal's list by hand;
    raises NoSealInUse, Forbidden.
    """
    rows = [row for row in lock_certificates(certificate_ids) if row.sealed_at is None and row.state == State.VALID]
    seals = _seals_of(rows, at)
    for row in rows:
        ready = seals.get(row.issuer_organisation_id)
        if ready is None:
            raise NoSealInUse(name=identity.get_organisation(row.issuer_organisation_id).name)
        _check_entitled(ready.row, row, by)
    return _seal(rows, seals, by, at)


@transaction.atomic
def seal_due(most: int = 25, *, at: datetime) -> int:
    """Seal certificates which a published rule covers and return how many; the oldest first."""
    rules = dict(_in_use(at).exclude(rule_types=[]).values_list("organisation_id", "rule_types"))
    rows = lock_unsealed(rules, most) if rules else []
    return _seal(rows, _seals_of(rows, at), SYSTEM, at) if rows else 0


def get_file(certificate_id: UUID, kind: str, *, by: Actor, at: datetime) -> bytes:
    """Return a certificate's file to whom may see it, sealed where its issuer has a seal, made now if need be.

    A PDF of one that no longer holds, or has no seal, is set anew and says so; an OFD there is only sealed: raises NotSealed.
    *kind* is one of PRESSES.
    """
    certificate = get_certificate(certificate_id, by)
    found = _sealed_file(certificate, kind, at) if certificate.state is State.VALID else None
    if found is not None:
        return found
    if kind != "PDF":
        raise NotSealed
    return render_pdf(certificate)


def _sealed_file(certificate: CertificateView, kind: str, at: datetime) -> bytes | None:
    found = find_file(certificate.id, kind)
    if found is not None:
        return found
    if ready_by_rule(certificate, at) is None:
        return None
    seal([certificate.id], by=SYSTEM, at=at)
    return find_file(certificate.id, kind)


def ready_by_rule(certificate: CertificateView, at: datetime) -> Ready | None:
    """Return the seal that may be used for this certificate without a person, None where there is none."""
    row = _in_use(at).filter(organisation_id=certificate.issuer_id).first()
    return Ready(row, signing.get(row.key_id)) if row is not None and _covers_type(row, certificate.type_code) else None


def copy_of(certificate: CertificateView, purpose: Text, at: datetime) -> bytes:
    """Return the certificate as PDF with its purpose across the page, sealed where the rule allows; nothing is kept."""
    ready = ready_by_rule(certificate, at)
    if ready is None:
        return render_pdf(certificate, purpose=purpose)
    about = metadata.to_text({**metadata_of(certificate), "用途": purpose.zh})
    return render_pdf(certificate, _PdfSigner(ready, about, at), purpose=purpose)


def metadata_of(certificate: CertificateView) -> dict[str, str]:
    """Return what the file of a certificate says about itself."""
    return metadata.metadata_of(
        metadata.About(
            name=certificate.name.zh,
            number=certificate.number,
            identifier=certificate.identifier,
            issuer=certificate.issuer_name.zh,
            issuer_code=identity.get_organisation(certificate.issuer_id).uscc,
            issued_at=certificate.issued_at,
            valid_from=certificate.valid_from,
            valid_to=certificate.valid_to,
            holder=certificate.holder_name,
            holder_kind=certificate.holder_kind,
            face=[(line.label.zh, line.value.zh) for line in certificate.fields],
        )
    )


def _seal(rows: Sequence[Certificate], seals: dict[UUID, Ready], by: Actor, at: datetime) -> int:
    made = []
    for row, certificate in zip(rows, views_of(rows), strict=True):
        ready = seals[row.issuer_organisation_id]
        for kind, press in PRESSES.items():
            content = press(certificate, ready, at)
            name = f"{certificate.name.zh}.{kind.lower()}"
            kept = files.keep(content, name=name, mime=f"application/{kind.lower()}", by=SYSTEM, at=at)
            made.append(
                SealedFile(
                    certificate_id=row.pk,
                    seal=ready.row,
                    kind=kind,
                    file_id=kept.id,
                    sha256=kept.sha256,
                    account_id=by.account_id,
                    sealed_at=at,
                )
            )
    SealedFile.objects.bulk_create(made)
    Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(sealed_at=at)
    history.record([_entry(one, by, at) for one in made])
    return len(rows)


def _in_use(at: datetime) -> "QuerySet[Seal]":
    """Return the seals that may be used at *at*: neither ended nor run out."""
    return Seal.objects.filter(ended_at__isnull=True, valid_from__lte=at, valid_to__gt=at)


def _seals_of(rows: Sequence[Certificate], at: datetime) -> dict[UUID, Ready]:
    chosen = _in_use(at).filter(organisation_id__in={row.issuer_organisation_id for row in rows})
    return {row.organisation_id: Ready(row, signing.get(row.key_id)) for row in chosen}


def _check_entitled(seal_row: Seal, row: Certificate, by: Actor) -> None:
    by_hand = by.organisation_id == row.issuer_organisation_id and str(by.account_id) in seal_row.signers
    if not (by_hand or (by.is_system and _covers(seal_row, row))):
        raise Forbidden(why=Text("您不在这枚印章的用章人名单里", "you are not among those who may use this seal"))


def _covers(seal_row: Seal, row: Certificate) -> bool:
    return _covers_type(seal_row, row.type_code)


def _covers_type(seal_row: Seal, type_code: str) -> bool:
    return EVERY_TYPE in seal_row.rule_types or type_code in seal_row.rule_types


def _entry(made: SealedFile, by: Actor, at: datetime) -> history.Entry:
    return history.Entry(
        subject_kind="certificate",
        subject_id=made.certificate_id,
        action="seal",
        actor=by.to_record(),
        at=at,
        basis=made.seal.rule_basis if made.account_id is None else "",
        payload={"seal": str(made.seal_id), "es_id": made.seal.es_id, "kind": made.kind, "sha256": made.sha256},
    )
