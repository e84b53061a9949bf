"""Evidence of each use of a certificate."""

from django.db import models

from yijianshi.foundation.ids import new_id


class CertificateUse(models.Model):
    """A certificate was used for an item of an application: by whom, and on which authorisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    certificate_id = models.UUIDField()
    application_id = models.UUIDField()
    item_code = models.CharField(max_length=80)
    purpose = models.CharField(max_length=80)
    organisation_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=100)
    authorisation = models.CharField(max_length=10)
    mandate_id = models.UUIDField(null=True)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate_id", "application_id", "item_code"], name="certificates_use_once"),
            models.CheckConstraint(
                condition=models.Q(authorisation__in=["SELF", "MANDATE", "SYSTEM"]), name="certificates_use_authorised"
            ),
        ]
