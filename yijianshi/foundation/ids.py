"""Identifiers made in Python, so that set-based writes need no RETURNING."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """Return a time-ordered identifier in the UUIDv7 layout (RFC 9562); ids of one process never run backwards."""
    global _last
    stamp = (time.time_ns() * 4096) // 1_000_000  # milliseconds and 12 bits of their fraction
    with _lock:
        _last = stamp = max(stamp, _last + 1)
    high = (stamp >> 12 << 16) | 0x7000 | (stamp & 0xFFF)
    low = 0x8000_0000_0000_0000 | int.from_bytes(os.urandom(8)) >> 2
    return uuid.UUID(int=high << 64 | low)
