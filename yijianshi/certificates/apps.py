"""Django's entry for the certificates room."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """The certificates room."""

    name = "yijianshi.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have ``log verify`` compare the certificates with their history."""
        from yijianshi.certificates.queries import logged
        from yijianshi.foundation.transparency import checking, mirrors

        mirrors.declare(*logged.MIRRORS)
        checking.also("certificate", "issue", logged.compare)
