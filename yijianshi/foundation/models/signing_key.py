"""A signing key of this installation."""

from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id


class SigningKey(models.Model):
    """A key pair, what it is for and from when to when; the private half is what its provider needs to find or open it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=20)
    owner_id = models.UUIDField(null=True)  # an organisation or a person; nobody for the installation's own
    public = models.BinaryField(max_length=64, unique=True)
    provider = models.CharField(max_length=20)
    handle = models.TextField()  # software: the private key, sealed for this row
    certificate = models.BinaryField(blank=True, default=b"")  # DER, once the authority has issued one
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "foundation_signing_key"
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "owner_id"],
                nulls_distinct=False,
                condition=Q(retired_at__isnull=True),
                name="signing_key_in_use",
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=models.F("valid_from")), name="signing_key_term"),
        ]
