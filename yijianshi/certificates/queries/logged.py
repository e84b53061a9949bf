"""Certificates against what the transparency log holds of them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from yijianshi.certificates import sealed
from yijianshi.certificates.models import RAN_OUT, Certificate
from yijianshi.foundation import history
from yijianshi.foundation.sealing import SealBroken
from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

CHANGED = Text("证照 {id} 的内容与签发时不同：被改过", "certificate {id} is not what was issued: it was changed")
STATE = Text(
    "证照 {id} 的状态是 {now}，记录里是 {then}：被改过", "certificate {id} is {now}, its history says {then}: it was changed"
)

_SEAL, _PERSONAL = Text("电子印章", "electronic seal"), Text("个人签名章", "personal seal object")
MIRRORS = (
    Mirror(
        name=Text("证照", "certificate"),
        table="certificates_certificate",
        kind="certificate",
        actions=("issue",),
        same={"type_code": "payload->>'type'", "version": "(payload->>'version')::int", "issued_at": "at"},
    ),
    Mirror(
        name=Text("盖过章的文件", "sealed file"),
        table="certificates_sealedfile",
        kind="certificate",
        actions=("seal",),
        key={"certificate_id": "subject_id", "kind": "payload->>'kind'"},
        same={"sha256": "payload->>'sha256'", "seal_id": "(payload->>'seal')::uuid", "sealed_at": "at"},
    ),
    Mirror(
        name=Text("用证记录", "use of a certificate"),
        table="certificates_certificateuse",
        kind="certificate",
        actions=("use",),
        key={"certificate_id": "subject_id", "application_id": "application_id", "item_code": "payload->>'item'"},
        same={
            "purpose": "payload->>'purpose'",
            "authorisation": "payload->>'authorisation'",
            "user_name": "actor_name",
            "used_at": "at",
        },
        first=True,  # used again for the same item, a certificate leaves another line, but the row stays
    ),
    Mirror(
        name=_SEAL,
        table="certificates_seal",
        kind="seal",
        actions=("make",),
        same={"es_id": "payload->>'es_id'", "organisation_id": "(payload->>'organisation')::uuid"},
    ),
    Mirror(
        name=_SEAL,
        table="certificates_seal",
        kind="seal",
        actions=("end",),
        same={"ended_at": "at", "ended_reason": "left(reason, 300)"},
        rows="ended_at IS NOT NULL",
    ),
    Mirror(
        name=_PERSONAL,
        table="certificates_personalseal",
        kind="personal-seal",
        actions=("make",),
        same={"es_id": "payload->>'es_id'"},
    ),
    Mirror(
        name=_PERSONAL,
        table="certificates_personalseal",
        kind="personal-seal",
        actions=("end",),
        same={"ended_at": "at"},
        rows=f"ended_at IS NOT NULL AND ended_reason <> '{RAN_OUT}'",
    ),
)


def compare(issued: Sequence[history.Stored]) -> Iterator[tuple[int, Text]]:
    """Yield what does not fit, for history lines of issue: the content is the same, the state has a reason."""
    ids = [line["subject_id"] for line in issued]
    rows = {row.pk: row for row in Certificate.objects.filter(pk__in=ids)}
    moves = history.list_for_each("certificate", ids)
    for line in issued:
        row = rows.get(line["subject_id"])
        if row is None:
            continue  # the mirror names it
        if not _is_whole(row, history.payload_of(line).get("digest")):
            yield line.id, CHANGED.format(id=row.pk)
        then = next((one.entry.to_state for one in reversed(moves[row.pk]) if one.entry.to_state), "")
        if then != row.state and not _is_replaced(row.pk, row.state):
            yield line.id, STATE.format(id=row.pk, now=row.state, then=then)


def _is_whole(row: Certificate, digest: object) -> bool:
    try:
        made = sealed.digest(sealed.unseal(row.sealed, row.pk), row.face_sha, row.identifier)
    except SealBroken:
        return False
    return made == bytes(row.digest) and digest in (None, made.hex())  # lines of before the log carry none


def _is_replaced(certificate_id: UUID, state: str) -> bool:
    return state == "CANCELLED" and Certificate.objects.filter(previous_id=certificate_id).exists()
