"""Django's entry for the identity room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """The identity room; its label is what other rooms' string references begin with."""

    name = "yijianshi.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have ``log verify`` compare the mandates with their history."""
        from yijianshi.foundation.transparency import mirrors
        from yijianshi.identity.queries import logged

        mirrors.declare(*logged.MIRRORS)
