"""Keeping the things of another region beside our own: as that region published them, proven by their digest, never changed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing
from yijianshi.catalogue.logic.compiler import fingerprint
from yijianshi.catalogue.logic.elsewhere import AT, code_at
from yijianshi.catalogue.models import PublishedThing
from yijianshi.foundation import clock
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Forbidden, Invalid
from yijianshi.kernel.text import Text

_WHY = Text("只有系统可以收下别处的事项", "only the system takes in things of other regions")


class NotTheirThing(Invalid):
    """“{peer}”送来的“{code}”没有收下：{why}

    "{code}" from "{peer}" was not taken in: {why}
    """


@transaction.atomic
def keep_thing(peer: str, content: Mapping[str, Any], *, by: Actor, at: datetime) -> UUID:
    """Keep a peer's thing as it published it and return the version; the same content keeps its version.

    Raises NotTheirThing for content that is not whole, does not fit its digest, or is not a thing of that peer's own.
    """
    if not by.is_system:
        raise Forbidden(why=_WHY)
    thing = _proven(peer, content)
    code = code_at(thing.code, peer)
    last = PublishedThing.objects.filter(code=code).defer("content").order_by("-version").first()
    if last is not None and last.sha == thing.sha and not last.is_end:
        return last.id
    row = PublishedThing(
        id=new_id(),
        code=code,
        region=thing.region,
        version=last.version + 1 if last else 1,
        sha=thing.sha,
        content={**thing.model_dump(mode="json"), "code": code},
        effective_on=clock.today(at),
        published_at=at,
        published_by=by.to_record(),
    )
    row.save(force_insert=True)
    return row.id


@transaction.atomic
def end_things(peer: str, still: Collection[str], *, by: Actor, at: datetime) -> int:
    """Take out of service the things the peer no longer offers (*still*: the codes it does); return how many."""
    if not by.is_system:
        raise Forbidden(why=_WHY)
    kept = {code_at(code, peer) for code in still}
    rows = PublishedThing.objects.filter(code__endswith=f"{AT}{peer}").order_by("code", "-version").distinct("code")
    gone = [row for row in rows if row.code not in kept and not row.is_end]
    for row in gone:
        row.id, row.version, row.is_end = new_id(), row.version + 1, True
        row.effective_on, row.published_at, row._state.adding = clock.today(at), at, True
    PublishedThing.objects.bulk_create(gone)
    return len(gone)


def _proven(peer: str, content: Mapping[str, Any]) -> CompiledThing:
    code = str(content.get("code", ""))[:80]
    try:
        thing = CompiledThing.model_validate(content)
    except ValidationError as error:
        found = error.error_count()
        why = Text(f"有 {found} 处不合格式", f"{found} places have another form")
        raise NotTheirThing(peer=peer, code=code, why=why) from None
    if fingerprint(thing) != thing.sha:
        raise NotTheirThing(peer=peer, code=code, why=Text("内容与摘要不符", "the content does not fit its digest"))
    if AT in thing.code or thing.code.startswith(SINGLE_PREFIX):
        raise NotTheirThing(peer=peer, code=code, why=Text("不是它自己的一件事", "it is not a one-thing of its own"))
    return thing
