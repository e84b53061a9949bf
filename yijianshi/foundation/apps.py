"""The foundation as a Django app."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Set logging up once Django is ready."""

    name = "yijianshi.foundation"
    label = "foundation"
