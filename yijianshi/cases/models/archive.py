"""The archive package of a case."""

from django.db import models

from yijianshi.foundation.ids import new_id


class CaseArchive(models.Model):
    """One ended case put away (归档): where its package is, by which digest it is known, until when it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="archive")
    file_id = models.UUIDField()
    fingerprint = models.CharField(max_length=64)  # SM3 of the package's list of files
    retention = models.CharField(max_length=10)
    confidence = models.CharField(max_length=10)  # how sure the period is before an archivist has looked at it
    closed_on = models.DateField()
    destroy_on = models.DateField(null=True)  # nobody destroys by itself: from this day on it may be looked at
    archived_at = models.DateTimeField()

    class Meta:
        db_table = "cases_archive"
        indexes = (models.Index(name="cases_archive_due", fields=["destroy_on"]),)
