"""Certificates against what the transparency log holds of them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from yijianshi.certificates import sealed
from yijianshi.certificates.models import Certificate
from yijianshi.foundation import history
from yijianshi.foundation.sealing import SealBroken
from yijianshi.kernel.text import Text

GONE = Text("证照 {id} 有签发记录，却不在库里：被删除", "certificate {id} was issued, yet is not there: it was deleted")
CHANGED = Text("证照 {id} 的内容与签发时不同：被改过", "certificate {id} is not what was issued: it was changed")
STATE = Text(
    "证照 {id} 的状态是 {now}，记录里是 {then}：被改过", "certificate {id} is {now}, its history says {then}: it was changed"
)


def compare(issued: Sequence[history.Stored]) -> Iterator[tuple[int, Text]]:
    """Yield what does not fit, for history lines of issue: the row is there, its content is the same, its state has a reason."""
    ids = [line["subject_id"] for line in issued]
    rows = {row.pk: row for row in Certificate.objects.filter(pk__in=ids)}
    moves = history.list_for_each("certificate", ids)
    for line in issued:
        row = rows.get(line["subject_id"])
        if row is None:
            yield line.id, GONE.format(id=line["subject_id"])
            continue
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
