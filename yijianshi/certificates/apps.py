"""Django's entry for the certificates room."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """The certificates room."""

    name = "yijianshi.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"
