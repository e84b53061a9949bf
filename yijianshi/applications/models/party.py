"""Who else is asked to agree to a draft, and what they answered."""

from django.db import models

from yijianshi.foundation.ids import new_id
from yijianshi.foundation.sealing import SealedTextField


class Invitation(models.Model):
    """One party asked to agree to one draft, with exactly what is shown to them; asking again replaces it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="invitations")
    entity = models.CharField(max_length=80)
    act = models.CharField(max_length=8)
    id_number_index = models.BinaryField(max_length=32)  # finds the person without keeping the number
    revision = models.PositiveIntegerField()  # of the draft
    shown = SealedTextField()  # the sheet as JSON
    digest = models.CharField(max_length=64)  # SHA-256, hex, of the sheet and of the values behind its masks
    invited_at = models.DateTimeField()

    class Meta:
        db_table = "applications_invitation"
        constraints = (models.UniqueConstraint(name="applications_one_invitation", fields=["application", "entity"]),)
        indexes = (models.Index(name="applications_invited", fields=["id_number_index"]),)


class Confirmation(models.Model):
    """One answer of a party: agreed or declined, by whom, to which revision, and the digest of what was shown."""

    class Answer(models.TextChoices):
        CONFIRMED = "CONFIRMED"
        DECLINED = "DECLINED"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="confirmations")
    entity = models.CharField(max_length=80)
    person_id = models.UUIDField()  # the natural person who answered
    mandate_id = models.UUIDField(null=True)  # when for somebody else
    act = models.CharField(max_length=8)
    answer = models.CharField(max_length=12, choices=Answer)
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "applications_confirmation"
        indexes = (models.Index(name="applications_answers", fields=["application", "-at"]),)
        constraints = (
            models.CheckConstraint(name="applications_answer", condition=models.Q(answer__in=["CONFIRMED", "DECLINED"])),
        )
