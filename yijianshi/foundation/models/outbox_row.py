"""An event on its way to one handler."""

from django.db import models
from django.db.models.functions import Now


class OutboxRow(models.Model):
    """One event for one handler, written with the change it tells of and deleted with the effect it has."""

    id = models.BigAutoField(primary_key=True)
    handler = models.TextField()
    event = models.TextField()
    payload = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())
    attempts = models.IntegerField(db_default=0)
    next_at = models.DateTimeField(db_default=Now())
    error = models.TextField(db_default="")

    class Meta:
        db_table = "foundation_outbox"
