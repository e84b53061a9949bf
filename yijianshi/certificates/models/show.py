"""Showing a certificate face to face."""

from django.db import models
from django.db.models import F, Q

from yijianshi.foundation.ids import new_id


class Show(models.Model):
    """A certificate shown by its holder: a token that opens once within a minute, and what it opens."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    certificate_id = models.UUIDField(db_index=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=100)
    document = models.TextField()  # sealed for this row
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    is_kept = models.BooleanField(default=True)  # whether the document still holds anything

    class Meta:
        indexes = [models.Index(fields=["expires_at"], condition=Q(is_kept=True), name="certificates_show_kept")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="certificates_show_term"),
            models.CheckConstraint(condition=Q(document__startswith="sm4:"), name="certificates_show_sealed"),
        ]
