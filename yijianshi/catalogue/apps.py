"""Django's entry for the catalogue room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue room: published versions of the content, immutable."""

    name = "yijianshi.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the question that levels below ask."""
        from yijianshi.catalogue import levels  # noqa: F401
        from yijianshi.catalogue.queries import logged
        from yijianshi.foundation.transparency import checking, mirrors

        mirrors.declare(*logged.MIRRORS)
        checking.also("thing", "publish", logged.compare)
