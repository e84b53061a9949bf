"""What is published beside the things: key matters, worked examples, notices to people; versions never change."""

from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id

LIST = "list"
EXAMPLES = "examples"
NOTICES = "notices"
ALL = "all"  # the notices are one sheet, so that one removed is no longer sent


class PublishedSheet(models.Model):
    """A list (``code`` is the list's), the examples of a thing (the thing's) or all notices, as published.

    Of those in force the newest counts; ``is_end``: there is none from ``effective_on`` on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    sha = models.CharField(max_length=64)
    content = models.JSONField()
    effective_on = models.DateField()
    is_end = models.BooleanField(default=False)
    proposal = models.ForeignKey("catalogue.Proposal", on_delete=models.PROTECT, null=True, related_name="sheets")
    published_at = models.DateTimeField()
    published_by = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "version"], name="catalogue_sheet_version_once"),
            models.CheckConstraint(condition=Q(kind__in=[LIST, EXAMPLES, NOTICES]), name="catalogue_sheet_kind"),
            models.CheckConstraint(condition=Q(version__gte=1), name="catalogue_sheet_version_positive"),
        ]
