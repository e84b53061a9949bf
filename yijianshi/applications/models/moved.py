"""A draft that was moved to a newer version of its thing because the law changed: why, and what it could not take along."""

from django.db import models

from yijianshi.foundation.ids import new_id


class MovedDraft(models.Model):
    """One move of one draft, told to the applicant; goes when the draft goes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="moves")
    from_version = models.UUIDField()
    to_version = models.UUIDField()
    reason = models.JSONField()  # {zh, en}
    dropped = models.JSONField(default=list)  # [{kind, name, label}]: names only, no values
    at = models.DateTimeField()

    class Meta:
        db_table = "applications_moved_draft"
        constraints = (models.UniqueConstraint(name="applications_one_move", fields=["application", "to_version"]),)
