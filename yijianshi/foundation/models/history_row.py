"""One line of the append-only history."""

from django.db import models


class HistoryRow(models.Model):
    """Who did what to which subject, when, on what legal basis; a trigger refuses any change afterwards."""

    id = models.BigAutoField(primary_key=True)
    entry_id = models.UUIDField()  # its random bits keep a published leaf from being guessed back to its content
    subject_kind = models.TextField()
    subject_id = models.UUIDField()
    application_id = models.UUIDField(null=True)
    action = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.TextField()
    actor_name = models.TextField()
    actor_organisation = models.TextField()
    at = models.DateTimeField()
    from_state = models.TextField()
    to_state = models.TextField()
    reason = models.TextField()
    basis = models.TextField()
    document_no = models.TextField()
    payload = models.JSONField(default=dict)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "foundation_history"
        indexes = [
            models.Index(fields=["subject_id", "id"], name="history_by_subject"),
            models.Index(fields=["application_id", "id"], name="history_by_application"),
        ]
