from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "yijianshi.applications"
    label = "applications"
    verbose_name = "申请 Applications"

    def ready(self) -> None:
        from yijianshi.applications import handlers, tasks  # noqa: F401  registers the handlers and the periodic tasks
        from yijianshi.applications.queries import logged
        from yijianshi.foundation.transparency import checking, mirrors

        mirrors.declare(*logged.MIRRORS)
        checking.also("application", "submit", logged.compare)
        checking.also("case", "approve", logged.compare_results)
