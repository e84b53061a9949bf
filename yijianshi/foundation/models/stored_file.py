"""An uploaded or generated file."""

from django.db import models

from yijianshi.foundation.ids import new_id


class StoredFile(models.Model):
    """What is known of a file; its bytes lie sealed on disk under the digest of their content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    mime = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=120)  # Actor.key

    class Meta:
        db_table = "foundation_file"
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty")]
