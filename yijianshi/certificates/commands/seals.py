"""Electronic seals: a seal for an organisation, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.certificates.commands.authority import certify, ensure_authority, term_under
from yijianshi.certificates.models import Seal
from yijianshi.certificates.queries.locks import lock_seal
from yijianshi.certificates.rendering import seal_picture
from yijianshi.foundation import history, serials, signing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from yijianshi.kernel.pki.certificates import Name
from yijianshi.kernel.seals import making
from yijianshi.kernel.seals.structures import Picture, SealInfo
from yijianshi.kernel.text import Text

SEAL = "seal"
TERM = timedelta(days=5 * 365)
EVERY_TYPE = "*"


class SealExists(Conflict):
    """{name}已经有一枚在用的电子印章。要换章，请先停用旧的。

    {name} has an electronic seal in use. To change it, end the old one first.
    """


class SealIncomplete(Invalid):
    """制章资料不全：{why}。

    The seal cannot be made yet: {why}.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeal:
    """What a seal is made from: who keeps it, which accounts may seal by hand, which types are sealed by rule, on what basis."""

    organisation_id: UUID
    custodian: str
    signers: Sequence[UUID] = ()
    rule_types: Sequence[str] = field(default_factory=tuple)
    rule_basis: str = ""
    term: timedelta = TERM


@transaction.atomic
def make_seal(new: NewSeal, *, by: Actor, at: datetime) -> UUID:
    """Make the seal of an organisation and return its id; only the house itself and operators may.

    It holds no longer than the certificates of the root and of the maker, which verify it.
    Raises SealExists, SealIncomplete, Forbidden.
    """
    _check_permission(by)
    organisation = identity.get_organisation(new.organisation_id)
    if not new.custodian.strip() or (new.rule_types and not new.rule_basis.strip()):
        raise SealIncomplete(
            why=Text("要写明保管人；自动用章要写明依据", "name who keeps it, and the basis of a rule that seals by itself")
        )
    if Seal.objects.filter(organisation_id=organisation.id, ended_at__isnull=True).exists():
        raise SealExists(name=organisation.name)
    root, maker = ensure_authority(at=at)
    key = signing.rotate(SEAL, organisation.id, at=at, term=term_under(new.term, root, maker, at=at))
    key = certify(Name(organisation.name.zh, organisation.name.zh), key, root)
    picture = seal_picture.draw(organisation.name.zh)
    name = Text(f"{organisation.name.zh}电子专用章", f"Electronic seal of {organisation.name.en}")
    info = SealInfo(
        es_id=f"{organisation.region_code}{serials.take(1)[0]:08d}",
        kind=1,
        name=name.zh,
        created_at=at,
        valid_from=key.valid_from,
        valid_to=key.valid_to,
        picture=Picture("PNG", seal_picture.to_png(picture), seal_picture.SIZE_MM, seal_picture.SIZE_MM),
        certificates=(key.certificate,),
    )
    row = Seal.objects.create(
        organisation_id=organisation.id,
        es_id=info.es_id,
        name=name.to_json(),
        picture=picture,
        der=making.make_seal(info, signer=maker.signer, certificate=maker.certificate),
        key_id=key.id,
        custodian=new.custodian.strip(),
        signers=[str(one) for one in new.signers],
        rule_types=list(new.rule_types),
        rule_basis=new.rule_basis.strip(),
        valid_from=info.valid_from,
        valid_to=info.valid_to,
    )
    history.record([_entry(row, "make", by, at, {"es_id": row.es_id, "rule": row.rule_types}, new.rule_basis)])
    return row.pk


@transaction.atomic
def end_seal(seal_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """End a seal: nothing more is sealed with it, its certificate goes on the revocation list; what it sealed stays sealed."""
    _check_permission(by)
    if not reason.strip():
        raise SealIncomplete(why=Text("要写明停用的理由", "state the reason"))
    row = lock_seal(seal_id)
    if row is None:
        raise NotFound(what=Text("这枚在用的电子印章", "This seal in use"))
    row.ended_at, row.ended_reason = at, reason.strip()[:300]
    row.save(update_fields=["ended_at", "ended_reason"])
    signing.retire(row.key_id, at=at)
    history.record([_entry(row, "end", by, at, {"es_id": row.es_id}, "", reason.strip())])


def _check_permission(by: Actor) -> None:
    if not (by.is_system or by.has_role(Role.OPERATOR)):
        raise Forbidden(why=Text("只有系统管理人员可以制章和停用印章", "only operators make and end seals"))


def _entry(
    row: Seal, action: str, by: Actor, at: datetime, payload: dict[str, object], basis: str, reason: str = ""
) -> history.Entry:
    return history.Entry(
        subject_kind="seal",
        subject_id=row.pk,
        action=action,
        actor=by.to_record(),
        at=at,
        basis=basis,
        reason=reason,
        payload={"organisation": str(row.organisation_id), **payload},
    )
