"""Writes of the certificates room, one function per verb."""

from yijianshi.certificates.commands.change import cancel, restore, revoke, suspend
from yijianshi.certificates.commands.issue import Issue, issue
from yijianshi.certificates.commands.look_up import look_up
from yijianshi.certificates.commands.use import Use, use

__all__ = ["Issue", "Use", "cancel", "issue", "look_up", "restore", "revoke", "suspend", "use"]
