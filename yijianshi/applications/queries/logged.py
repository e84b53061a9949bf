"""What the transparency log holds of applications: what was answered, who agreed, who signed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yijianshi.applications.models import Application
from yijianshi.applications.queries.stored_facts import opened, results_of_cases
from yijianshi.foundation import history
from yijianshi.foundation.sealing import SealBroken
from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

ANSWERS = "answers"  # under this name a line keeps the digest of all answers as they are from then on
RESULTS = "results"  # … and a decision's line that of the facts it produced
CHANGED = Text(
    "申请 {number} 填写的内容与提交或更正时不同：被改过", "the answers of application {number} are not those handed in"
)
RESULTS_CHANGED = Text(
    "办件 {id} 的决定产生的信息与决定时不同：被改过", "case {id}: the facts its decision produced are not what was decided"
)
_SUBMITTED = "EXISTS (SELECT FROM applications_application a WHERE a.id = {} AND a.number IS NOT NULL)"
_OF_SUBMITTED = _SUBMITTED.format("application_id")

MIRRORS = (
    Mirror(
        name=Text("申请", "application"),
        table="applications_application",
        kind="application",
        actions=("submit",),
        same={"state": "to_state", "number": "document_no", "submitted_at": "at"},
        rows="number IS NOT NULL",
    ),
    Mirror(
        name=Text("当事人的答复", "answer of a party"),
        table="applications_confirmation",
        kind="application",
        actions=("confirm_party", "decline_party"),
        key={"application_id": "subject_id", "entity": "payload->>'entity'", "at": "at"},
        same={
            "answer": "CASE action WHEN 'confirm_party' THEN 'CONFIRMED' ELSE 'DECLINED' END",
            "digest": "payload->>'digest'",
            "reason": "reason",
        },
        lines=_OF_SUBMITTED,
        rows=_OF_SUBMITTED,
    ),
    Mirror(
        name=Text("待签文件", "document to sign"),
        table="applications_signing_round",
        kind="application",
        actions=("open_signing",),
        key={"application_id": "subject_id", "sha256": "payload->>'sha256'"},
        same={"opened_at": "at"},
        lines=_OF_SUBMITTED,
        rows=_OF_SUBMITTED,
    ),
    Mirror(
        name=Text("签名", "signature"),
        table="applications_signature",
        kind="application",
        actions=("sign",),
        key={"sha256": "payload->>'sha256'"},
        same={"entity": "payload->>'entity'", "method": "payload->>'method'", "at": "at"},
        lines=_OF_SUBMITTED,
        rows=_SUBMITTED.format("(SELECT o.application_id FROM applications_signing_round o WHERE o.id = round_id)"),
    ),
)


def digest(stored: Mapping[str, Any]) -> str:
    """Return the SM3 (hex) of stored facts in their one JSON form, sealed ones opened; raises SealBroken."""
    text = json.dumps(opened(stored), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).hexdigest()


def compare(submitted: Sequence[history.Stored]) -> Iterator[tuple[int, Text]]:
    """Yield the submissions whose answers are not those of the newest line about them."""
    ids = [line["subject_id"] for line in submitted]
    told = history.list_for_each("application", ids)
    rows = Application.objects.filter(id__in=ids).in_bulk()
    for line in submitted:
        row = rows.get(line["subject_id"])
        kept = [one.entry.payload[ANSWERS] for one in told[line["subject_id"]] if ANSWERS in one.entry.payload]
        if row is not None and kept and _digest(row.facts) != kept[-1]:
            yield line.id, CHANGED.format(number=row.number or row.id)


def compare_results(approved: Sequence[history.Stored]) -> Iterator[tuple[int, Text]]:
    """Yield the approvals whose results are not those they were made with."""
    found = results_of_cases([line["subject_id"] for line in approved])
    for line in approved:
        kept = history.payload_of(line).get(RESULTS)
        if kept is not None and _digest(found.get(line["subject_id"], {})) != kept:
            yield line.id, RESULTS_CHANGED.format(id=line["subject_id"])


def _digest(stored: Mapping[str, Any]) -> str:
    try:
        return digest(stored)
    except SealBroken:
        return ""
