"""Django's entry for the exchange room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The exchange room."""

    name = "yijianshi.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the handlers and the periodic tasks."""
        from yijianshi.exchange import handlers, tasks  # noqa: F401
        from yijianshi.exchange.queries import logged
        from yijianshi.foundation.transparency import mirrors

        mirrors.declare(*logged.MIRRORS)
