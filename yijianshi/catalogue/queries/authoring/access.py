"""Who may look into authoring."""

from yijianshi.catalogue.logic.authoring.states import may_read
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Forbidden


class NotForYou(Forbidden):
    """内容编辑的工作台只对内容编辑、监督和运行人员开放。

    The authoring workplace is open to content authors, supervisors and operators only.
    """


def refuse_strangers(by: Actor) -> None:
    """Raise NotForYou unless *by* may read proposals."""
    if not may_read(by):
        raise NotForYou
