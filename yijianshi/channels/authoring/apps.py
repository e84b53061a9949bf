"""Django registration of the authoring workplace."""

from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    """Pages for content authors; no tables."""

    name = "yijianshi.channels.authoring"
    label = "authoring"
    verbose_name = "Content authoring"
