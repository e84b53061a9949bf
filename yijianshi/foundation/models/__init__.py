"""The tables of the foundation; other rooms reach them only through its modules."""

from yijianshi.foundation.models.heartbeat import Heartbeat
from yijianshi.foundation.models.history_row import HistoryRow
from yijianshi.foundation.models.idempotency_record import IdempotencyRecord
from yijianshi.foundation.models.log import LogCheckpoint, LogCosignature, LogQueue, LogTile, LogWitness
from yijianshi.foundation.models.outbox_row import OutboxRow
from yijianshi.foundation.models.signing_key import SigningKey
from yijianshi.foundation.models.stored_file import StoredFile

__all__ = [
    "Heartbeat",
    "HistoryRow",
    "IdempotencyRecord",
    "LogCheckpoint",
    "LogCosignature",
    "LogQueue",
    "LogTile",
    "LogWitness",
    "OutboxRow",
    "SigningKey",
    "StoredFile",
]
