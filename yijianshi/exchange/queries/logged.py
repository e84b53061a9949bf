"""What the transparency log holds of readings from registers: whose data, for what, on whose word."""

from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

_ASKED = ("register", "neighbour", "authorisation")

MIRRORS = (
    Mirror(
        name=Text("数据读取", "reading of data"),
        table="exchange_read",
        kind="read",
        actions=("answer",),
        same={
            **{name: f"payload->>'{name}'" for name in _ASKED},
            "matter": "(payload->>'matter')::uuid",
            "subject_id": "(payload->>'about')::uuid",
            "asked_by": "(payload->>'asked_by')::uuid",
            "basis": "basis",
            "state": "to_state",
            "answered_at": "at",
        },
        rows="state IN ('ANSWERED', 'NOT_FOUND')",
    ),
)
