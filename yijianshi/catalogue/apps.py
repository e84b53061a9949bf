"""Django's entry for the catalogue room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue room: published versions of the content, immutable."""

    name = "yijianshi.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
