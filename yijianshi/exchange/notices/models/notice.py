"""One thing told to one person."""

from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id
from yijianshi.foundation.sealing import SealedTextField


class Notice(models.Model):
    """A notice as its reader sees it; ``key`` names what happened, so that it is told once however often the news of it comes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=160)
    person_id = models.UUIDField()
    audience = models.CharField(max_length=12)
    content = SealedTextField()  # JSON: title, body, sms, each zh and en
    needs_action = models.BooleanField(default=False)
    act_by = models.DateField(null=True)
    path = models.CharField(max_length=200, blank=True)  # page of the portal it leads to
    application_id = models.UUIDField(null=True)
    mandate_id = models.UUIDField(null=True)  # for agents: on whose authority they may open it
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "person_id"], name="notices_told_once"),
            models.CheckConstraint(condition=Q(path="") | Q(path__startswith="/"), name="notices_path_is_ours"),
        ]
        indexes = [
            models.Index(fields=["person_id", "-id"], name="notices_of_person"),
            models.Index(fields=["person_id"], condition=Q(read_at__isnull=True), name="notices_unread"),
        ]
