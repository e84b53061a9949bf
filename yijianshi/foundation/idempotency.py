"""A request that may arrive twice has its effect once: the second gets the first one's answer.

The key and the effect commit together. A double click waits on the unique row until the first request has committed, then gets
its answer; if the first one failed, nothing was kept and the second does the work.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yijianshi.foundation import batch as writes
from yijianshi.foundation.batch import Batch
from yijianshi.kernel.errors import Conflict, Invalid

LONGEST_KEY = 200
KEPT = timedelta(days=30)

_CLAIM = """
INSERT INTO foundation_idempotency (actor_key, key, content_hash, at)
SELECT %s, key, hash, %s FROM unnest(%s::text[], %s::bytea[]) AS asked(key, hash) ORDER BY key
ON CONFLICT (actor_key, key) DO NOTHING RETURNING key
"""
_FIRST = "SELECT key, content_hash, response FROM foundation_idempotency WHERE actor_key = %s AND key = ANY(%s::text[])"
_REMEMBER = """
UPDATE foundation_idempotency AS old SET response = new.response
FROM unnest(%s::text[], %s::jsonb[]) AS new(key, response) WHERE old.actor_key = %s AND old.key = new.key
"""


class IdempotencyKeyReused(Conflict):
    """这次提交的编号已经用于另一份内容，所以没有重复办理。请重新打开页面后再提交。

    The key of this submission was already used for other content, so nothing was done. Please reopen the page and submit again.
    """


class IdempotencyKeyMissing(Invalid):
    """缺少提交编号（Idempotency-Key），它应是 1 到 200 个字符。它能防止同一份申请被提交两次。

    The submission key (Idempotency-Key, 1 to 200 characters) is missing. It keeps an application from being submitted twice.
    """


@dataclass(frozen=True, slots=True)
class Replay:
    """The answer that was given the first time."""

    response: dict[str, Any]


def content_hash(content: Any) -> bytes:
    """Return the digest that tells one content from another: SM3 over its JSON with sorted keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.new("sm3", text.encode()).digest()


def once(key: str, actor_key: str, request_hash: bytes, at: datetime) -> Replay | None:
    """Claim *key* for the caller's transaction; None means go ahead, a Replay is the answer already given."""
    return claim({key: request_hash}, actor_key, at).get(key)


def claim(requests: Mapping[str, bytes], actor_key: str, at: datetime) -> dict[str, Replay]:
    """Claim several keys (key → content hash) at once and return the answers of those already done.

    Raises IdempotencyKeyReused for a key with other content, IdempotencyKeyMissing for an empty or overlong one.
    """
    if not all(0 < len(key) <= LONGEST_KEY and key.isprintable() for key in requests):
        raise IdempotencyKeyMissing(field="idempotency_key")
    fresh = {key for (key,) in writes.select(_CLAIM, [actor_key, at, list(requests), list(requests.values())])}
    known = [key for key in requests if key not in fresh]
    if not known:
        return {}
    done = {}
    for key, hashed, response in writes.select(_FIRST, [actor_key, known]):
        if bytes(hashed) != requests[key]:
            raise IdempotencyKeyReused
        done[key] = Replay(response or {})
    return done


def remember(key: str, actor_key: str, response: Mapping[str, Any]) -> None:
    """Keep the answer to a claimed key, in the same transaction as its effect."""
    batch = Batch()
    remember_in(batch, actor_key, [(key, response)])
    batch.flush()


def remember_in(batch: Batch, actor_key: str, answers: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Add the answers to several claimed keys to *batch*."""
    if answers:
        keys, responses = [key for key, _ in answers], [json.dumps(response, ensure_ascii=False) for _, response in answers]
        batch.execute(_REMEMBER, [keys, responses, actor_key])


def forget_others(actor_key: str, prefix: str, key: str) -> None:
    """Delete the keys beginning with *prefix* except *key*: of things that replace each other only the last counts as done."""
    from yijianshi.foundation.models import IdempotencyRecord

    IdempotencyRecord.objects.filter(actor_key=actor_key, key__startswith=prefix).exclude(key=key).delete()


def forget_old(at: datetime) -> int:
    """Delete keys older than 30 days and return how many."""
    from yijianshi.foundation.models import IdempotencyRecord

    deleted, _ = IdempotencyRecord.objects.filter(at__lt=at - KEPT).delete()
    return deleted
