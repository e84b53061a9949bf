"""The first answer to a request that may be sent twice."""

from django.db import models


class IdempotencyRecord(models.Model):
    """What one actor asked under one key, and what was answered."""

    actor_key = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    content_hash = models.BinaryField(max_length=32)
    response = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "foundation_idempotency"
        constraints = [models.UniqueConstraint(fields=["actor_key", "key"], name="idempotency_once")]
