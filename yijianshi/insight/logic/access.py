"""Who may look back and ahead."""

from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

MAY_LOOK = (Role.AUTHOR, Role.SUPERVISOR, Role.OPERATOR)
_WHY = Text("回放和推演供内容编辑、监督和运维人员使用", "replays and forecasts are for authors, supervisors and operators")


def require_insight(by: Actor) -> None:
    """Raise Forbidden unless *by* is an author, supervisor or operator, or the house itself."""
    if not (by.is_system or (by.is_staff and by.has_role(*MAY_LOOK))):
        raise Forbidden(why=_WHY)
