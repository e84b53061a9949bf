"""Tables of this room as targets of set-based writes."""

from yijianshi.foundation.batch import Table

CERTIFICATES = Table(
    "certificates_certificate",
    {
        "id": "uuid",
        "type_code": "text",
        "identifier": "text",
        "face_sha": "text",
        "issuer_organisation_id": "uuid",
        "holder_kind": "text",
        "holder_id": "uuid",
        "holder_index": "bytea",
        "application_id": "uuid",
        "case_id": "uuid",
        "region": "text",
        "sealed": "text",
        "digest": "bytea",
        "issued_at": "timestamptz",
        "valid_from": "date",
        "valid_to": "date",
        "state": "text",
        "state_reason": "text",
        "version": "int2",
        "previous_id": "uuid",
        "verification_code": "text",
    },
)
USES = Table(
    "certificates_certificateuse",
    {
        "id": "uuid",
        "certificate_id": "uuid",
        "application_id": "uuid",
        "item_code": "text",
        "purpose": "text",
        "organisation_id": "uuid",
        "account_id": "uuid",
        "user_name": "text",
        "authorisation": "text",
        "mandate_id": "uuid",
        "used_at": "timestamptz",
    },
)
USED_ONCE = "ON CONFLICT (certificate_id, application_id, item_code) DO NOTHING"
KEEP_FACES = (
    "INSERT INTO certificates_facerow (sha, content) SELECT sha, content::jsonb "
    "FROM unnest(%s::text[], %s::text[]) AS faces(sha, content) ON CONFLICT (sha) DO NOTHING"
)
