"""The transparency log: what waits to be put on it, its tiles, its checkpoints and who co-signed them."""

from django.db import models
from django.db.models import Q


class LogQueue(models.Model):
    """A history line that is not on the log yet; a trigger on the history writes it in the same transaction, with its leaf."""

    history_id = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "foundation_log_queue"


class LogTile(models.Model):
    """Up to 256 neighbouring hashes of one level; on level 0 also the numbers of the history lines they are leaves of."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField(max_length=8192)
    entries = models.BinaryField(max_length=2048)  # eight bytes each, big-endian; empty above level 0
    first = models.BigIntegerField(null=True)  # the smallest and the largest of them, to find the tile of a line
    last = models.BigIntegerField(null=True)

    class Meta:
        db_table = "foundation_log_tile"
        indexes = [models.Index(fields=["last", "first"], condition=Q(level=0), name="log_tile_of_line")]


class LogCheckpoint(models.Model):
    """A signed root: what the log says it is."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signature = models.TextField()  # the log's own line
    public = models.BinaryField(max_length=64)  # the key that signed
    at = models.DateTimeField()

    class Meta:
        db_table = "foundation_log_checkpoint"


class LogWitness(models.Model):
    """Another organisation that co-signs checkpoints."""

    name = models.CharField(max_length=80, primary_key=True)
    title = models.JSONField()  # zh, en
    public = models.BinaryField(max_length=64, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "foundation_log_witness"


class LogCosignature(models.Model):
    """A witness's line under a checkpoint."""

    checkpoint = models.ForeignKey(LogCheckpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(LogWitness, on_delete=models.PROTECT)
    line = models.TextField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "foundation_log_cosignature"
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="log_cosigned_once")]
