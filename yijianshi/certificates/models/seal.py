"""Electronic seals of organisations, and each use of one."""

from django.db import models
from django.db.models import F, Q

from yijianshi.foundation.ids import new_id


class Seal(models.Model):
    """A seal object (GB/T 38540): whose, who keeps it, who may use it, by which published rule it is used without a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    es_id = models.CharField(max_length=40, unique=True)
    name = models.JSONField()  # zh, en
    picture = models.TextField()  # SVG
    der = models.BinaryField()
    key_id = models.UUIDField()
    custodian = models.CharField(max_length=100)
    signers = models.JSONField(default=list)  # accounts that may seal by hand
    rule_types = models.JSONField(default=list)  # certificate types sealed by rule; ["*"] for all
    rule_basis = models.CharField(max_length=200, blank=True, default="")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id"], condition=Q(ended_at__isnull=True), name="certificates_one_seal"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="certificates_seal_term"),
        ]


class SealedFile(models.Model):
    """A certificate's file with its seal on it, and the evidence of that use: by whom or which rule, over which digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    certificate_id = models.UUIDField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT)
    kind = models.CharField(max_length=3)  # PDF or OFD
    file_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)  # of the whole file
    account_id = models.UUIDField(null=True)  # nobody: by the seal's rule
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate_id", "kind"], name="certificates_sealed_once"),
            models.CheckConstraint(condition=Q(kind__in=["PDF", "OFD"]), name="certificates_sealed_kind"),
        ]
