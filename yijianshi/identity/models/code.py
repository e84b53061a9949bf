"""One-time codes sent to a person's phone: the second factor of a weighty act."""

from django.db import models

from yijianshi.foundation.ids import new_id


class OneTimeCode(models.Model):
    """A code for one act of one person; only a blind index of it is kept, and it is spent at first use."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    subject = models.CharField(max_length=64)  # digest (SHA-256, hex) of what it releases
    code_index = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(name="identity_one_code", fields=["person_id", "subject"]),)
        indexes = (models.Index(name="identity_codes_over", fields=["expires_at"]),)
