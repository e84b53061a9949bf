from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yijianshi.cases"
    label = "cases"
    verbose_name = "办件 Cases"

    def ready(self) -> None:
        from yijianshi.cases import handlers, tasks  # noqa: F401  registers the handlers and the periodic tasks
        from yijianshi.cases.queries import logged
        from yijianshi.foundation.transparency import mirrors

        mirrors.declare(*logged.MIRRORS)
