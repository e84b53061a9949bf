"""Certificates and their faces."""

from django.db import models
from django.db.models import F, Q

from yijianshi.foundation.ids import new_id


class FaceRow(models.Model):
    """One face, stored once however many certificates show it; never changed."""

    sha = models.CharField(primary_key=True, max_length=64)
    content = models.JSONField()


class Certificate(models.Model):
    """An issued certificate; holder, number and all values on the face are sealed in one piece, bound to this row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    type_code = models.CharField(max_length=80)
    identifier = models.CharField(max_length=140, unique=True)
    face_sha = models.CharField(max_length=64)
    issuer_organisation_id = models.UUIDField()
    holder_kind = models.CharField(max_length=10)
    holder_id = models.UUIDField(null=True)
    holder_index = models.BinaryField(max_length=32, null=True)
    application_id = models.UUIDField(null=True, db_index=True)
    case_id = models.UUIDField(null=True)
    region = models.CharField(max_length=6)
    sealed = models.TextField()
    digest = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    state = models.CharField(max_length=9)
    state_reason = models.CharField(max_length=500)
    state_at = models.DateTimeField(null=True)  # of the last change of state
    version = models.PositiveSmallIntegerField()
    previous_id = models.UUIDField(null=True)
    verification_code = models.CharField(max_length=20, unique=True)
    sealed_at = models.DateTimeField(null=True)  # when its files were sealed

    class Meta:
        indexes = [
            models.Index(fields=["holder_id", "state"], name="certificates_held"),
            models.Index(
                fields=["issuer_organisation_id", "issued_at"],
                condition=Q(sealed_at__isnull=True, state="VALID"),
                name="certificates_unsealed",
            ),
            models.Index(fields=["holder_index"], condition=Q(holder_id__isnull=True), name="certificates_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "type_code"],
                condition=Q(case_id__isnull=False),
                name="certificates_once",
            ),
            models.UniqueConstraint(
                fields=["previous_id"],
                condition=Q(previous_id__isnull=False),
                name="certificates_one_successor",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="certificates_term",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["VALID", "SUSPENDED", "REVOKED", "CANCELLED"]),
                name="certificates_state",
            ),
            models.CheckConstraint(condition=Q(sealed__startswith="sm4:"), name="certificates_sealed"),
        ]
