"""What the transparency log holds of mandates: who may act for whom, and since when no longer."""

from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

_MANDATE = Text("授权", "mandate")

MIRRORS = (
    Mirror(
        name=_MANDATE,
        table="identity_mandate",
        kind="mandate",
        actions=("grant",),
        same={"granted_at": "at"},
    ),
    Mirror(
        name=_MANDATE,
        table="identity_mandate",
        kind="mandate",
        actions=("revoke",),
        same={"state": "'REVOKED'", "revoked_at": "at"},
        rows="revoked_at IS NOT NULL",
    ),
)
