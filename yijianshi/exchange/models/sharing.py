"""What was read about people from other authorities' registers, on whose word, and what they said about it."""

from django.db import models
from django.db.models import Q

LIVE = Q(ended_at__isnull=True)
OPEN = ("WAITING", "AWAY")


class RegisterRead(models.Model):
    """One question to a register for one matter, and its answer; what is no longer used keeps its line and loses its value."""

    class State(models.TextChoices):
        WAITING = "WAITING"
        AWAY = "AWAY"  # tried, not reached; tried again
        ANSWERED = "ANSWERED"
        NOT_FOUND = "NOT_FOUND"
        REFUSED = "REFUSED"

    id = models.UUIDField(primary_key=True)  # the request id the register knows it by
    neighbour = models.CharField(max_length=40)
    register = models.CharField(max_length=64)
    register_name = models.JSONField()
    purposes = models.JSONField()  # item codes
    purpose_names = models.JSONField()
    why = models.JSONField()
    basis = models.CharField(max_length=200)
    matter = models.UUIDField()
    thing = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=12)
    subject_id = models.UUIDField()
    holder = models.CharField(max_length=12)
    subject = models.TextField()  # sealed: who, as the register is asked
    asked_by = models.UUIDField()
    authorisation = models.CharField(max_length=60)
    part = models.CharField(max_length=10)  # PLAIN, or SENSITIVE: read only on separate consent
    fields = models.JSONField()
    field_names = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    value = models.TextField(blank=True, db_default="")  # sealed
    as_of = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    fresh_until = models.DateTimeField(null=True)
    fresh_hours = models.PositiveIntegerField()
    answered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(db_default=0)
    next_at = models.DateTimeField()
    error = models.CharField(max_length=500, blank=True, db_default="")
    ended_at = models.DateTimeField(null=True)  # no longer used: asked anew, withdrawn, or the draft is gone

    class Meta:
        db_table = "exchange_read"
        constraints = (
            models.UniqueConstraint(
                name="exchange_one_live_read", fields=["matter", "register", "holder", "part"], condition=LIVE
            ),
        )
        indexes = (
            models.Index(name="exchange_read_due", fields=["neighbour", "next_at"], condition=LIVE & Q(state__in=OPEN)),
            models.Index(name="exchange_read_subject", fields=["subject_id", "-asked_at"]),
            models.Index(name="exchange_read_matter", fields=["matter"]),
        )


class SharingConsent(models.Model):
    """A person's separate consent to reading sensitive fields for one matter, with the text she was shown."""

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()
    matter = models.UUIDField()
    register = models.CharField(max_length=64)
    register_name = models.JSONField()
    field_names = models.JSONField()
    text = models.JSONField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_consent"
        constraints = (
            models.UniqueConstraint(
                name="exchange_one_consent", fields=["matter", "register"], condition=Q(withdrawn_at__isnull=True)
            ),
        )
        indexes = (models.Index(name="exchange_consent_person", fields=["person_id"]),)


class Claim(models.Model):
    """Somebody says that a value of a register is wrong; the courier tells the register."""

    class State(models.TextChoices):
        WAITING = "WAITING"
        TAKEN = "TAKEN"
        REFUSED = "REFUSED"

    id = models.UUIDField(primary_key=True)
    read = models.ForeignKey(RegisterRead, on_delete=models.CASCADE, related_name="claims")
    neighbour = models.CharField(max_length=40)
    matter = models.UUIDField()
    fact = models.CharField(max_length=80)
    field = models.CharField(max_length=80)
    said = models.TextField()  # sealed
    claimed = models.TextField()  # sealed
    reason = models.TextField()  # sealed
    by = models.UUIDField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(db_default=0)
    next_at = models.DateTimeField()
    error = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        db_table = "exchange_claim"
        constraints = (models.UniqueConstraint(name="exchange_one_claim", fields=["read", "fact"]),)
        indexes = (models.Index(name="exchange_claim_due", fields=["neighbour", "next_at"], condition=Q(state="WAITING")),)


class Objection(models.Model):
    """A person objects to a use of her data; an operator answers."""

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()
    about_kind = models.CharField(max_length=16)  # READ or CERTIFICATE
    about_id = models.UUIDField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True, db_default="")
    answered_by = models.CharField(max_length=120, blank=True, db_default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_objection"
        constraints = (models.UniqueConstraint(name="exchange_one_objection", fields=["person_id", "about_kind", "about_id"]),)


class Debt(models.Model):
    """Data a submitted item still waits for: the house goes on asking, the department answers for it."""

    id = models.UUIDField(primary_key=True)
    read = models.ForeignKey(RegisterRead, on_delete=models.CASCADE, related_name="debts")
    matter = models.UUIDField()
    item = models.CharField(max_length=80)
    organisation_id = models.UUIDField()
    due_on = models.DateField()
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, blank=True, db_default="")  # ANSWERED, NOTHING (the register has nothing) or BY_HAND

    class Meta:
        db_table = "exchange_debt"
        constraints = (models.UniqueConstraint(name="exchange_one_debt", fields=["read", "item"]),)
        indexes = (models.Index(name="exchange_debt_open", fields=["matter"], condition=Q(settled_at__isnull=True)),)
