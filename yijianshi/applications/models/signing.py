"""What is signed before submission: one document, its signers in order, and each signature."""

from django.db import models

from yijianshi.foundation.ids import new_id
from yijianshi.foundation.sealing import SealedTextField


class SigningRound(models.Model):
    """One document of one state of a draft; any change of the draft needs a new one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="signing_rounds")
    revision = models.PositiveIntegerField()  # of the draft
    enclosed = models.CharField(max_length=64)  # SHA-256, hex, of the files and letters that belong to it
    content = SealedTextField()  # what the document says, as JSON
    items = models.JSONField()  # codes of the items it is about: their departments see it
    signers = models.JSONField()  # [{entity, label, index}] in order; the last is the applicant
    file_id = models.UUIDField()  # the PDF nobody has signed yet
    sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "applications_signing_round"
        indexes = (models.Index(name="applications_rounds", fields=["application", "-opened_at"]),)


class Signature(models.Model):
    """One signature on the document of a round, with the file as it was left."""

    class Method(models.TextChoices):
        CODE = "CODE"  # own key, released by a code sent to the phone
        HAND = "HAND"  # drawn, sealed by the house with the evidence of who drew it

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(SigningRound, on_delete=models.CASCADE, related_name="signatures")
    position = models.PositiveSmallIntegerField()
    entity = models.CharField(max_length=80)
    person_id = models.UUIDField()  # the natural person who signed
    signer = models.CharField(max_length=120)
    mandate_id = models.UUIDField(null=True)  # when for somebody else
    method = models.CharField(max_length=4, choices=Method)
    file_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "applications_signature"
        constraints = (
            models.UniqueConstraint(name="applications_signed_once", fields=["round", "position"]),
            models.CheckConstraint(name="applications_signing_method", condition=models.Q(method__in=["CODE", "HAND"])),
        )
