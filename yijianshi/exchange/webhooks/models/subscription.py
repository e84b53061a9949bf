"""A program's wish to be told, and what it is told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id
from yijianshi.foundation.sealing import SealedTextField


class Subscription(models.Model):
    """Where a person's program listens, for which kinds (none named: all), and how that is going."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    address = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=80), default=list)
    secret = SealedTextField()
    old_secret = SealedTextField(blank=True)
    old_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)  # its breaker: a dead receiver costs one try at a time
    last_good_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, blank=True)  # REMOVED, GONE (it said 410), FAILING

    class Meta:
        db_table = "webhooks_subscription"
        indexes = (models.Index(name="webhooks_of_person", fields=["person_id"], condition=Q(ended_at__isnull=True)),)


class Event(models.Model):
    """One event for one subscription; its id stays the same however often it is sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=80)
    body = models.JSONField()  # no personal values: what happened, to which application, where to ask
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "webhooks_event"
        indexes = (
            models.Index(
                name="webhooks_due", fields=["next_at"], condition=Q(delivered_at__isnull=True, given_up_at__isnull=True)
            ),
            models.Index(name="webhooks_log", fields=["subscription", "-id"]),
        )
