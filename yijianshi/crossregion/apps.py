"""Django's entry for the crossregion room."""

from django.apps import AppConfig


class CrossregionConfig(AppConfig):
    """The crossregion room."""

    name = "yijianshi.crossregion"
    label = "crossregion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is applied, answered, listened to and carried."""
        from yijianshi.crossregion import handlers  # noqa: F401
        from yijianshi.crossregion.entrance import answering, carrying  # noqa: F401
        from yijianshi.crossregion.queries import logged
        from yijianshi.foundation.transparency import mirrors

        mirrors.declare(*logged.MIRRORS)
