"""How one person wishes to be told."""

from datetime import time

from django.db import models
from django.db.models import Q

from yijianshi.foundation.sealing import SealedTextField


class Preference(models.Model):
    """By which ways, in which language, when not; without a row the defaults of this model hold."""

    person_id = models.UUIDField(primary_key=True)
    sms = models.BooleanField(default=True)
    email = models.BooleanField(default=False)
    email_address = SealedTextField(blank=True)
    quiet_from = models.TimeField(default=time(21))
    quiet_to = models.TimeField(default=time(8))
    is_daily = models.BooleanField(default=False)  # one digest a day instead of a message each
    language = models.CharField(max_length=2, default="zh")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(language__in=["zh", "en"]), name="notices_preference_language")]
