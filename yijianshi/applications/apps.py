from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "yijianshi.applications"
    label = "applications"
    verbose_name = "申请 Applications"

    def ready(self) -> None:
        from yijianshi.applications import handlers, tasks  # noqa: F401  registers the handlers and the periodic tasks
