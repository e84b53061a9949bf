"""Who serves: organisations and their staff."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yijianshi.foundation.ids import new_id


class Organisation(models.Model):
    """A department or public body of one region; its id follows from its code, so every installation knows it by the same id."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=64, unique=True)
    uscc = models.CharField(max_length=18)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    region_code = models.CharField(max_length=6)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, blank=True)
    address_zh = models.CharField(max_length=300, blank=True)
    address_en = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    complaint_phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "region_code"], name="identity_org_competent")]


class Staff(models.Model):
    """Somebody who works for an organisation, with what they may do and where."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=20))
    region_code = models.CharField(max_length=6)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(roles=[]), name="identity_staff_has_role"),
            # The house itself is nobody's role: a row with it would be a master key.
            models.CheckConstraint(condition=~models.Q(roles__overlap=["SYSTEM", "CITIZEN"]), name="identity_staff_roles"),
        ]
