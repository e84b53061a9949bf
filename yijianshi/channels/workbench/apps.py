"""Django registration of the workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Pages for department staff; no tables."""

    name = "yijianshi.channels.workbench"
    label = "workbench"
    verbose_name = "Staff workbench"
