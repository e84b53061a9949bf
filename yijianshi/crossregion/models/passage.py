"""One application between two regions as one side keeps it, and the files that go with it."""

from django.db import models
from django.db.models import Q


class Passage(models.Model):
    """One side's record; ``about`` is the origin's number and names the thread both sides write in."""

    class Side(models.TextChoices):
        ORIGIN = "ORIGIN"
        HOME = "HOME"

    id = models.UUIDField(primary_key=True)
    side = models.CharField(max_length=6, choices=Side)
    peer = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    application_id = models.UUIDField(null=True, unique=True)  # HOME: once it has been taken in
    person_id = models.UUIDField(null=True)
    thing_code = models.CharField(max_length=80)
    mode = models.CharField(max_length=16)  # ONLINE, RECEIVED_FOR
    stage = models.CharField(max_length=20)
    applicant_label = models.CharField(max_length=120)
    home_number = models.CharField(max_length=40, blank=True, db_default="")
    content = models.TextField(blank=True, db_default="")  # sealed: HOME what was handed over, ORIGIN what was told last
    told = models.CharField(max_length=64, blank=True, db_default="")  # HOME: digest of what was told last
    problem = models.JSONField(null=True)  # why it came back, or why an answer to corrections was not taken
    custody = models.JSONField(default=dict)  # text, originals, parcel, signatures
    answer = models.TextField(blank=True, db_default="")  # sealed, HOME: an answer to corrections whose files are still coming
    forward_by = models.DateField(null=True)  # ORIGIN: the service clock of the window
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "crossregion_passage"
        constraints = (models.UniqueConstraint(name="crossregion_once", fields=["side", "peer", "about"]),)
        indexes = (
            models.Index(name="crossregion_open", fields=["side", "peer", "looked_at"], condition=Q(ended_at__isnull=True)),
        )


class PassageFile(models.Model):
    """A file that goes along: OUT is held here for the other side to fetch, IN is to be fetched from it."""

    id = models.BigAutoField(primary_key=True)
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="files")
    way = models.CharField(max_length=3)  # OUT, IN
    part = models.CharField(max_length=12)  # MATERIAL, CORRECTION, RESULT
    material = models.CharField(max_length=120)  # material code; of a result its certificate
    title = models.JSONField(null=True)  # of a result: what it is called
    note = models.CharField(max_length=300, blank=True, db_default="")  # of a result: where it can be checked
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    file_id = models.UUIDField(null=True)
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(db_default=0)
    error = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        db_table = "crossregion_file"
        constraints = (
            models.UniqueConstraint(name="crossregion_file_once", fields=["passage", "way", "part", "material", "digest"]),
        )
        indexes = (models.Index(name="crossregion_to_fetch", fields=["next_at"], condition=Q(way="IN", file_id__isnull=True)),)
