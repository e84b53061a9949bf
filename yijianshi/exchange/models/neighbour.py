"""A neighbour system as the operator entered it, and how it is doing."""

from django.db import models


class Neighbour(models.Model):
    """Another organisation's system; ``entry`` is its part of the neighbour file (logic/entries.py)."""

    code = models.CharField(primary_key=True, max_length=40)
    entry = models.JSONField()
    is_enabled = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_neighbour"


class Health(models.Model):
    """The circuit breaker of one neighbour, shared by all couriers and shown to operators."""

    neighbour = models.CharField(primary_key=True, max_length=40)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    last_good_at = models.DateTimeField(null=True)
    last_bad_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "exchange_health"
