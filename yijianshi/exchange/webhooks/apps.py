"""Django's entry for the webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """The webhooks."""

    name = "yijianshi.exchange.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the periodic tasks."""
        from yijianshi.exchange.webhooks import tasks  # noqa: F401
