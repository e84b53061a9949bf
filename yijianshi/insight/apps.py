"""Django's entry for the insight room."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """The insight room."""

    name = "yijianshi.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
