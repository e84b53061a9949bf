from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "yijianshi.applications"
    label = "applications"
    verbose_name = "申请 Applications"
