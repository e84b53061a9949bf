"""Views of authoring: translate the request, make one call, show the answer."""

from yijianshi.identity.logic.actor import Role

READ = frozenset({Role.AUTHOR, Role.SUPERVISOR, Role.OPERATOR})  # who may look; what may be changed, the catalogue decides
WRITE = frozenset({Role.AUTHOR})
