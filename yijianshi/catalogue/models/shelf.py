"""The shelf: the content as this deployment uses it, one row a file, and every change it ever had."""

from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id

LONGEST_PATH = 160


class ContentFile(models.Model):
    """One content file in use; ``shipped_text`` is what the content folder last brought, null for a file written here.

    ``text`` null: the folder brings it, and it was removed here.
    """

    path = models.CharField(max_length=LONGEST_PATH, primary_key=True)
    text = models.TextField(null=True)
    sha = models.CharField(max_length=64)
    shipped_text = models.TextField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha__regex=r"^[0-9a-f]{64}$"), name="catalogue_file_sha_shape"),
            models.CheckConstraint(
                condition=Q(text__isnull=False) | Q(shipped_text__isnull=False), name="catalogue_file_somewhere"
            ),
        ]


class ContentChange(models.Model):
    """One change of one file on the shelf, never changed itself: what it was, what it became, through which proposal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    path = models.CharField(max_length=LONGEST_PATH)
    before = models.TextField(null=True)
    text = models.TextField(null=True)
    proposal = models.ForeignKey("catalogue.Proposal", on_delete=models.PROTECT, null=True, related_name="changes")
    changed_at = models.DateTimeField()
    changed_by = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["path", "changed_at"], name="catalogue_change_path")]
