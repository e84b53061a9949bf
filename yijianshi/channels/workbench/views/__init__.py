"""Views of the workbench: translate the request, make one call, show the answer."""

from yijianshi.identity.logic.actor import Role

WATCH = frozenset({Role.SUPERVISOR})  # who looks at the time limits of other desks
DESK = frozenset({Role.CLERK, Role.OFFICER, Role.HEAD})  # who handles cases; which of them, the rooms below decide
OVERSEE = frozenset({Role.SUPERVISOR, Role.OPERATOR, Role.AUTHOR})  # who answers for the whole, not for a case
