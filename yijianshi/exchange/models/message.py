"""Messages on their way out and in, in the order of their threads. Bodies are sealed: they hold personal data."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

OPEN = Q(delivered_at__isnull=True, closed_at__isnull=True)


class SendingThread(models.Model):
    """The last number given to a message of one thread to one neighbour."""

    neighbour = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "exchange_sending"
        constraints = (models.UniqueConstraint(name="exchange_one_sending_thread", fields=["neighbour", "about"]),)


class ReceivingThread(models.Model):
    """The last number applied of what one neighbour told us in one thread; its row is the lock of the thread."""

    neighbour = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    applied = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "exchange_receiving"
        constraints = (models.UniqueConstraint(name="exchange_one_receiving_thread", fields=["neighbour", "about"]),)


class Outgoing(models.Model):
    """A message to a neighbour: waiting, leased to a courier, delivered, refused by the neighbour, or closed by a person."""

    id = models.UUIDField(primary_key=True)
    neighbour = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField()
    next_at = models.DateTimeField(db_default=Now())  # not before this moment; a courier that takes it moves it on (its lease)
    attempts = models.PositiveIntegerField(db_default=0)
    delivered_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=60, blank=True, db_default="")
    error = models.CharField(max_length=500, blank=True, db_default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True, db_default="")
    closed_note = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        db_table = "exchange_outgoing"
        constraints = (models.UniqueConstraint(name="exchange_outgoing_order", fields=["neighbour", "about", "sequence"]),)
        indexes = (
            models.Index(name="exchange_outgoing_due", fields=["neighbour", "next_at"], condition=OPEN & Q(refused="")),
            models.Index(name="exchange_outgoing_open", fields=["created_at"], condition=OPEN),
        )


class Received(models.Model):
    """A message from a neighbour, kept before anything is made of it; (neighbour, message_id) makes twice the same as once."""

    id = models.BigAutoField(primary_key=True)
    neighbour = models.CharField(max_length=40)
    message_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    body = models.TextField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(db_default=0)
    error = models.CharField(max_length=500, blank=True, db_default="")  # why it could not be applied, in words
    closed_by = models.CharField(max_length=120, blank=True, db_default="")
    closed_note = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        db_table = "exchange_received"
        constraints = (
            models.UniqueConstraint(name="exchange_received_once", fields=["neighbour", "message_id"]),
            models.UniqueConstraint(name="exchange_received_order", fields=["neighbour", "about", "sequence"]),
        )
        indexes = (
            models.Index(
                name="exchange_received_waiting", fields=["neighbour", "about", "sequence"], condition=Q(applied_at__isnull=True)
            ),
        )


class Reconciliation(models.Model):
    """One comparison of both sides' threads with one neighbour, and what it mended."""

    id = models.BigAutoField(primary_key=True)
    neighbour = models.CharField(max_length=40)
    at = models.DateTimeField()
    compared = models.PositiveIntegerField(default=0)  # threads
    sent_again = models.PositiveIntegerField(default=0)  # messages they had lost
    asked_again = models.PositiveIntegerField(default=0)  # threads in which we lacked something of theirs
    applied_again = models.PositiveIntegerField(default=0)  # threads whose messages lay here unapplied
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "exchange_reconciliation"
        indexes = (models.Index(name="exchange_reconciled", fields=["neighbour", "-at"]),)


class Nonce(models.Model):
    """A nonce that was used; kept as long as a request carrying it could still be in time."""

    neighbour = models.CharField(max_length=40)
    nonce = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "exchange_nonce"
        constraints = (models.UniqueConstraint(name="exchange_nonce_once", fields=["neighbour", "nonce"]),)
        indexes = (models.Index(name="exchange_nonce_age", fields=["at"]),)
