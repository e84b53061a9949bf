"""A sign of life of one worker process."""

from django.db import models


class Heartbeat(models.Model):
    """When the worker *name* was last seen; readiness and metrics look here."""

    name = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "foundation_heartbeat"
