"""The tables of this room as targets of set-based writes."""

from yijianshi.foundation.batch import Table

CASES = Table(
    "cases_case",
    {
        "id": "uuid",
        "number": "text",
        "application_id": "uuid",
        "application_number": "text",
        "version_id": "uuid",
        "thing_code": "text",
        "item_code": "text",
        "position": "smallint",
        "organisation_id": "uuid",
        "region": "text",
        "applicant_label": "text",
        "waits_for": "varchar[]",
        "order_only": "varchar[]",
        "is_open": "boolean",
        "state": "text",
        "received_on": "date",
        "act_by": "date",
        "promised_on": "date",
        "legal_due_on": "date",
        "notice_until": "date",
        "correction_rounds": "smallint",
        "revision": "integer",
        "created_at": "timestamptz",
        "updated_at": "timestamptz",
        "ended_at": "timestamptz",
    },
)
CLOCK = Table(
    "cases_clock_entry",
    {
        "case_id": "uuid",
        "kind": "text",
        '"on"': "date",
        "at": "timestamptz",
        "working_days": "smallint",
        "reason": "text",
        "basis": "text",
        "note": "text",
        "by": "text",
    },
)
CORRECTIONS = Table(
    "cases_correction",
    {
        "id": "uuid",
        "case_id": "uuid",
        "application_id": "uuid",
        "entries": "jsonb",
        "requested_at": "timestamptz",
        "respond_by": "date",
        "answered_at": "timestamptz",
    },
)
DECISIONS = Table(
    "cases_decision",
    {
        "id": "uuid",
        "case_id": "uuid",
        "outcome": "text",
        "reason": "text",
        "basis": "text",
        "document_no": "text",
        "organisation_id": "uuid",
        "decided_by": "text",
        "decided_at": "timestamptz",
    },
)
