"""A receipt proves itself, and every bent one says what does not fit."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.merkle import checkpoints, receipts
from yijianshi.kernel.merkle.hashing import leaf_hash, node_hash
from yijianshi.kernel.pki import sm2

ENTRY = [["action", "decide"], ["reason", "准予"], ["at", "2026-03-02T01:02:03.000004Z"]]
LEAF = leaf_hash(b"".join(len(value.encode()).to_bytes(4) + value.encode() for _, value in ENTRY))
OTHER = leaf_hash(b"other")
LOG, TAX = sm2.generate(), sm2.generate()
POINT = checkpoints.Checkpoint("city.example/log", 2, node_hash(OTHER, LEAF))
NOTE = checkpoints.Signed(
    POINT,
    (
        checkpoints.sign(POINT, POINT.origin, LOG.public, LOG.sign),
        checkpoints.cosign(POINT, "tax", TAX.public, TAX.sign, 1_800_000_000),
    ),
)
RECEIPT = {"kind": receipts.KIND, "entry": ENTRY, "index": 1, "proof": [b64encode(OTHER).decode()], "checkpoint": str(NOTE)}
TRUST = receipts.read_trust(
    {"log": {POINT.origin: [sm2.generate().public.hex(), LOG.public.hex()]}, "witnesses": {"tax": TAX.public.hex()}}
)


def test_a_whole_receipt() -> None:
    verdict = receipts.check(json.loads(json.dumps(RECEIPT)), TRUST)
    assert (verdict.included, verdict.signed, verdict.witnesses) == (True, True, ("tax",))
    assert verdict.seen_at == datetime.fromtimestamp(1_800_000_000, UTC)
    assert (verdict.entry["reason"], verdict.index, verdict.size, verdict.origin) == ("准予", 1, 2, "city.example/log")


def test_each_answer_is_its_own() -> None:
    changed = receipts.check({**RECEIPT, "entry": [["action", "decide"], ["reason", "不予"], *ENTRY[2:]]}, TRUST)
    assert (changed.included, changed.signed, changed.witnesses) == (False, True, ("tax",))
    elsewhere = receipts.check({**RECEIPT, "index": 0}, TRUST)
    assert not elsewhere.included
    nobody = receipts.check(RECEIPT, receipts.Trust({}, {}))
    assert (nobody.included, nobody.signed, nobody.witnesses) == (True, False, ())
    stranger = receipts.check(RECEIPT, receipts.Trust({POINT.origin: (TAX.public,)}, {"tax": LOG.public}))
    assert (stranger.signed, stranger.witnesses) == (False, ())


@pytest.mark.parametrize(
    "bend",
    [
        lambda one: None,
        lambda one: [],
        lambda one: {**one, "kind": "other/1"},
        lambda one: {name: part for name, part in one.items() if name != "proof"},
        lambda one: {**one, "proof": ["****"]},
        lambda one: {**one, "proof": 5},
        lambda one: {**one, "index": "1"},
        lambda one: {**one, "index": True},
        lambda one: {**one, "entry": [["action"]]},
        lambda one: {**one, "entry": [["action", 5]]},
        lambda one: {**one, "entry": [*ENTRY, ["action", "decide"]]},
        lambda one: {**one, "checkpoint": None},
        lambda one: {**one, "checkpoint": "a\n1\n"},
    ],
)
def test_what_is_no_receipt_is_refused(bend: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises((receipts.ReceiptUnreadable, checkpoints.CheckpointUnreadable)):
        receipts.check(bend(dict(RECEIPT)), TRUST)


@pytest.mark.parametrize(
    "content", [None, {}, {"log": {}}, {"log": {"a": ["zz"]}, "witnesses": {}}, {"log": [], "witnesses": {"a": 1}}]
)
def test_what_is_no_list_of_keys_is_refused(content: object) -> None:
    with pytest.raises(receipts.ReceiptUnreadable):
        receipts.read_trust(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda part: st.lists(part, max_size=4), max_leaves=9
)


@given(st.sampled_from(sorted(RECEIPT)), JSON)
def test_nonsense_never_breaks_it(name: str, value: object) -> None:
    try:
        verdict = receipts.check({**RECEIPT, name: value}, TRUST)
    except DomainError:
        return
    assert not verdict.included or name in ("kind", "checkpoint")
