"""Witnesses: other organisations that keep the last checkpoint they saw and co-sign a new one only when it grew out of that."""

import re
from datetime import UTC, datetime

from django.db import transaction

from yijianshi.foundation.models import LogCheckpoint, LogCosignature, LogWitness
from yijianshi.foundation.transparency import reading
from yijianshi.kernel.errors import Conflict, Invalid
from yijianshi.kernel.merkle import checkpoints
from yijianshi.kernel.pki import sm2
from yijianshi.kernel.text import Text

_NAME = re.compile(r"[a-z0-9][a-z0-9._/-]{2,79}")


class WitnessKnown(Conflict):
    """已经有叫 {name} 的见证单位，或者这把公钥已经登记过。换钥匙请用新的名字登记。

    There is a witness {name} already, or this key is registered. To change the key, register under a new name.
    """


class CosignatureRefused(Invalid):
    """这个见证签名没有收下：{why}。

    This co-signature was not taken: {why}.
    """


@transaction.atomic
def enrol(name: str, title: Text, public: bytes, *, at: datetime) -> None:
    """Register a witness; raises WitnessKnown, CosignatureRefused for a name or key that cannot be one."""
    if not _NAME.fullmatch(name) or len(public) != sm2.PUBLIC_BYTES:
        raise CosignatureRefused(
            why=Text("名字或公钥（64 字节）的写法不对", "the name or the public key (64 bytes) is not written as it should be")
        )
    if LogWitness.objects.filter(name=name).exists() or LogWitness.objects.filter(public=public).exists():
        raise WitnessKnown(name=name)
    LogWitness.objects.create(name=name, title=title.to_json(), public=public, since=at)


def dismiss(name: str, *, at: datetime) -> bool:
    """Take no more co-signatures of a witness; those it gave stay. Say whether there was one."""
    return LogWitness.objects.filter(name=name, until__isnull=True).update(until=at) > 0


@transaction.atomic
def cosign(size: int, line: str, *, at: datetime) -> None:
    """Keep a witness's line under the checkpoint of *size*; the signature says who sends it. Twice is harmless.

    Raises CosignatureRefused.
    """
    row = LogCheckpoint.objects.filter(size=size).first()
    if row is None:
        raise CosignatureRefused(why=Text("没有这个大小的检查点", "there is no checkpoint of this size"))
    known = {one.name: one for one in LogWitness.objects.filter(until__isnull=True)}
    public = {name: bytes(one.public) for name, one in known.items()}
    point = reading.point_of(row)
    read = checkpoints.parse(f"{point.text.decode()}\n{line}\n", public).signatures[0]
    if read.name not in known:
        raise CosignatureRefused(why=Text("没有登记过这个见证单位", "no such witness is registered"))
    key = public[read.name]
    if read.seconds is None or not checkpoints.is_signed(point, read, key, lambda text, made: sm2.verify(key, text, made)):
        raise CosignatureRefused(why=Text("签名与检查点不符", "the signature does not fit the checkpoint"))
    if abs(read.seconds - at.timestamp()) > 3600:
        raise CosignatureRefused(why=Text("签名的时间相差超过一小时", "the time of the signature is off by more than an hour"))
    kept = LogCosignature(
        checkpoint=row, witness=known[read.name], line=read.line, seen_at=datetime.fromtimestamp(read.seconds, UTC)
    )
    LogCosignature.objects.bulk_create([kept], ignore_conflicts=True)
