"""The application: one person's or company's one thing, as a draft and after submission."""

from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id


class Application(models.Model):
    """One application; its row is never rewritten by the departments' work, which lives in cases."""

    class State(models.TextChoices):
        DRAFT = "DRAFT"
        SUBMITTED = "SUBMITTED"
        DISCARDED = "DISCARDED"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True, null=True)  # 申请编号, given at submission
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    thing_code = models.CharField(max_length=80)
    version_id = models.UUIDField()  # the published version this application stays on
    region = models.CharField(max_length=12)
    applicant_kind = models.CharField(max_length=12)  # PERSON or ENTERPRISE
    applicant_id = models.UUIDField()
    applicant_label = models.CharField(max_length=120)  # masked, for lists: 王*
    person_id = models.UUIDField()  # the natural person who fills it in
    mandate_id = models.UUIDField(null=True)  # on whose authority, when acting for somebody else
    channel = models.CharField(max_length=20, default="portal")
    facts = models.JSONField(default=dict)  # element → value; sensitive elements are sealed strings
    declined = models.JSONField(default=list)  # questions answered "I don't know"
    choices = models.JSONField(default=dict)  # material → satisfier the applicant chose
    resolved = models.JSONField(default=list)  # at submission: the items, their order and organisations
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)  # drafts only

    class Meta:
        db_table = "applications_application"
        constraints = (
            models.CheckConstraint(
                name="applications_submitted_is_complete",
                condition=~Q(state="SUBMITTED") | Q(number__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(name="applications_applicant_kind", condition=Q(applicant_kind__in=["PERSON", "ENTERPRISE"])),
        )
        indexes = (
            models.Index(name="applications_by_applicant", fields=["applicant_id", "-created_at"]),
            models.Index(name="applications_by_person", fields=["person_id", "-created_at"]),
            models.Index(name="applications_drafts", fields=["expires_on"], condition=Q(state="DRAFT")),
        )
