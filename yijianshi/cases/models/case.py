"""The case: one item at one organisation for one application."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id


class Case(models.Model):
    """One case (办件). State changes go through commands/moves.py only; the fillfactor (migration 0002) keeps its updates HOT."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=44, unique=True)  # 办件编号
    application_id = models.UUIDField()
    application_number = models.CharField(max_length=40)
    version_id = models.UUIDField()
    thing_code = models.CharField(max_length=80)
    item_code = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    organisation_id = models.UUIDField()
    region = models.CharField(max_length=12)
    applicant_label = models.CharField(max_length=120)
    waits_for = ArrayField(models.CharField(max_length=80), default=list)  # item codes of the same application
    order_only = ArrayField(
        models.CharField(max_length=80), default=list, db_default=[]
    )  # of waits_for: whose result is not needed
    is_open = models.BooleanField(default=True)
    state = models.CharField(max_length=24)
    received_on = models.DateField(null=True)
    act_by = models.DateField(null=True)  # the day by which the next act is due from whoever's turn it is
    promised_on = models.DateField(null=True)
    legal_due_on = models.DateField(null=True)
    notice_until = models.DateField(null=True)  # while a notice runs: the day it does not end before (its last, where known)
    correction_rounds = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_case"
        constraints = (
            models.UniqueConstraint(name="cases_one_case_per_item", fields=["application_id", "item_code"]),
            models.CheckConstraint(
                name="cases_open_until_ended",
                condition=Q(is_open=True, ended_at__isnull=True) | Q(is_open=False, ended_at__isnull=False),
            ),
        )
        indexes = (
            # The inbox stays off the columns that change at each step, so that steps are HOT updates.
            models.Index(name="cases_inbox", fields=["organisation_id", "id"], condition=Q(is_open=True)),
            models.Index(name="cases_notices", fields=["notice_until"], condition=Q(is_open=True, notice_until__isnull=False)),
            models.Index(name="cases_desk_history", fields=["organisation_id", "-id"], condition=Q(is_open=False)),
        )


class ClockEntry(models.Model):
    """One line of the clock ledger; append-only by trigger."""

    case_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=24)
    on = models.DateField()
    at = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=24, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "cases_clock_entry"


class Correction(models.Model):
    """A correction notice (补正) of one case: everything that is missing, told once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="corrections")
    application_id = models.UUIDField()
    entries = models.JSONField()  # [{kind: field|material, name, text}]
    requested_at = models.DateTimeField()
    respond_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_correction"
        indexes = (models.Index(name="cases_open_corrections", fields=["application_id"], condition=Q(answered_at__isnull=True)),)


class Decision(models.Model):
    """A decision in writing: approval, refusal, non-acceptance, with reason and remedies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=16)  # APPROVED, REFUSED, NOT_ACCEPTED
    reason = models.CharField(max_length=2000, blank=True)
    basis = models.CharField(max_length=500, blank=True)
    document_no = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    decided_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "cases_decision"
