"""One published version of a thing: written once, never changed, applied for as long as an application stands on it."""

from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id


class PublishedThing(models.Model):
    """A compiled thing as it was published; ``code`` is the thing's, or ``item:<code>`` for an item handled on its own.

    ``is_end``: nothing new can be applied for from ``effective_on`` on; the content is that of the version before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=80)
    region = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    sha = models.CharField(max_length=64)
    content = models.JSONField()
    effective_on = models.DateField()
    is_end = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    published_by = models.JSONField()
    proposal = models.ForeignKey("catalogue.Proposal", on_delete=models.PROTECT, null=True, related_name="versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="catalogue_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="catalogue_version_positive"),
            models.CheckConstraint(condition=Q(sha__regex=r"^[0-9a-f]{64}$"), name="catalogue_sha_shape"),
        ]
