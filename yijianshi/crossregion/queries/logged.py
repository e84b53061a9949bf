"""What the transparency log holds of applications between regions: how far they are."""

from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

MIRRORS = (
    Mirror(
        name=Text("跨地区件", "passage"),
        table="crossregion_passage",
        kind="passage",
        same={"stage": "to_state"},
        rows="NOT (side = 'HOME' AND stage = 'SENT')",
    ),
)
