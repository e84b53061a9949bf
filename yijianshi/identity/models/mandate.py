"""Who may act for whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yijianshi.foundation.ids import new_id
from yijianshi.identity.models.person import Person


class Mandate(models.Model):
    """An agent may act for a principal: for what, from when until when, and on what evidence."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24)
    principal_kind = models.CharField(max_length=10)
    principal_id = models.UUIDField()
    agent_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scope = ArrayField(models.CharField(max_length=80))
    may_submit = models.BooleanField()
    may_use_certificates = models.BooleanField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    state = models.CharField(max_length=8, default="ACTIVE")
    evidence = models.CharField(max_length=300, blank=True)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agent_person", "state"], name="identity_mandate_agent"),
            models.Index(fields=["principal_id", "state"], name="identity_mandate_principal"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(scope=[]), name="identity_mandate_scope"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="identity_mandate_term"
            ),
            models.CheckConstraint(condition=~Q(principal_id=F("agent_person")), name="identity_mandate_two_people"),
            models.CheckConstraint(
                condition=Q(state="ACTIVE", revoked_at__isnull=True) | Q(state="REVOKED", revoked_at__isnull=False),
                name="identity_mandate_state",
            ),
        ]
