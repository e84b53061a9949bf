"""Django registration of the citizen portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages for citizens; no tables."""

    name = "yijianshi.channels.portal"
    label = "portal"
    verbose_name = "Citizen portal"
