"""The tables of this room as targets of set-based writes."""

from yijianshi.foundation.batch import Table

APPLICATIONS = Table(
    "applications_application",
    {
        "id": "uuid",
        "number": "text",
        "state": "text",
        "facts": "jsonb",
        "resolved": "jsonb",
        "updated_at": "timestamptz",
        "submitted_at": "timestamptz",
        "expires_on": "date",
    },
)
SUBMITTED_COLUMNS = tuple(name for name in APPLICATIONS.columns if name != "id")
MATERIALS = Table(
    "applications_material",
    {
        "id": "uuid",
        "application_id": "uuid",
        "code": "text",
        "satisfier": "text",
        "files": "jsonb",
        "evidence": "jsonb",
        "updated_at": "timestamptz",
    },
)
KEEP_FILES = "ON CONFLICT (application_id, code) DO UPDATE SET satisfier = excluded.satisfier, evidence = excluded.evidence"
RESULTS = Table(
    "applications_result_fact",
    {
        "id": "uuid",
        "application_id": "uuid",
        "name": "text",
        "value": "jsonb",
        "case_id": "uuid",
        "item_code": "text",
        "at": "timestamptz",
    },
)
