"""Recordings at rest: sets made at one time for one thing, and their recordings without persons."""

from django.db import models
from django.db.models import Q

from yijianshi.foundation.ids import new_id


class RecordingSet(models.Model):
    """All recordings of one thing made at one time; ``is_sample``: invented ones, never in one set with real ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    thing_code = models.CharField(max_length=80)
    is_sample = models.BooleanField()
    since = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.JSONField()
    applications = models.PositiveIntegerField()  # that are in it
    left_out = models.PositiveIntegerField()  # without their person they would have taken another path
    standing_out = models.PositiveIntegerField()  # that fewer than five others are like
    arrivals = models.JSONField()  # day of submission → applications, those left out too

    class Meta:
        db_table = "insight_recording_set"
        constraints = (
            models.UniqueConstraint(name="insight_one_set", fields=["thing_code", "is_sample"]),
            models.CheckConstraint(name="insight_code_is_given", condition=~Q(thing_code="")),
        )


class RecordingRow(models.Model):
    """Equal recordings of one version, once, with how many there are."""

    recording_set = models.ForeignKey("insight.RecordingSet", on_delete=models.CASCADE, related_name="recordings")
    version_id = models.UUIDField()  # the version the applications stood on
    digest = models.CharField(max_length=64)
    on = models.DateField()
    content = models.JSONField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "insight_recording"
        constraints = (
            models.UniqueConstraint(name="insight_recording_once", fields=["recording_set", "version_id", "digest"]),
            models.CheckConstraint(name="insight_recording_counts", condition=Q(count__gte=1)),
        )
