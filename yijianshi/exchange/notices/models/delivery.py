"""One text message or e-mail on its way; its id is the number the gateway knows it by, so trying again is harmless."""

from django.db import models
from django.db.models import Q

from yijianshi.exchange.notices.models.notice import Notice
from yijianshi.foundation.ids import new_id


class Delivery(models.Model):
    """A message to one person; a digest takes in notices until it is first tried."""

    class State(models.TextChoices):
        WAITING = "WAITING"
        SENT = "SENT"
        GIVEN_UP = "GIVEN_UP"  # refused, or tried too often: an operator's matter
        LEFT_OUT = "LEFT_OUT"  # no address (any more), or switched off meanwhile

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    is_urgent = models.BooleanField(default=False)
    is_digest = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["sms", "email"]), name="notices_delivery_channel"),
            models.CheckConstraint(
                condition=Q(state__in=["WAITING", "SENT", "GIVEN_UP", "LEFT_OUT"]), name="notices_delivery_state"
            ),
            models.CheckConstraint(
                condition=Q(state="SENT", sent_at__isnull=False) | ~Q(state="SENT") & Q(sent_at__isnull=True),
                name="notices_delivery_sent_when",
            ),
            models.UniqueConstraint(
                fields=["person_id", "channel"],
                condition=Q(is_digest=True, state="WAITING", attempts=0),
                name="notices_one_open_digest",
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "next_at"], condition=Q(state="WAITING"), name="notices_due"),
            models.Index(fields=["created_at"], condition=Q(state="GIVEN_UP"), name="notices_given_up"),
        ]


class Enclosure(models.Model):
    """A notice inside a delivery."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="enclosures")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "notice"], name="notices_enclosed_once")]
