from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yijianshi.exchange.notices"
    label = "notices"
    verbose_name = "消息 Notices"

    def ready(self) -> None:
        from yijianshi.exchange.notices import measures, tasks  # noqa: F401  registers the periodic tasks and the figures
