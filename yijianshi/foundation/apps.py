"""The foundation as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FoundationConfig(AppConfig):
    """Bring every room's events and handlers to the bus once all rooms are loaded."""

    name = "yijianshi.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Import ``events`` and ``handlers`` of each room, so that publishing knows who listens."""
        autodiscover_modules("events", "handlers")
