"""The electronic signatures of persons: their keys' seal objects."""

from django.db import models
from django.db.models import F, Q

from yijianshi.foundation.ids import new_id

RAN_OUT = "到期"


class PersonalSeal(models.Model):
    """A person's seal object (GB/T 38540, kind 2); without a person, the house's own, which witnesses drawn signatures."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(null=True)
    es_id = models.CharField(max_length=40, unique=True)
    der = models.BinaryField()
    key_id = models.UUIDField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"],
                condition=Q(ended_at__isnull=True),
                name="certificates_one_personal_seal",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="certificates_personal_term"),
        ]
