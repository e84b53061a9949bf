"""Django registration of the shared page parts."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Templates, static files and tags; no tables."""

    name = "yijianshi.channels.shared"
    label = "shared"
    verbose_name = "Shared page parts"
