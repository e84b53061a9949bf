"""What is signed of a request, and how long it holds (docs/reference/exchange-protocol.md)."""

import hashlib
from datetime import timedelta

VERSION = "yijianshi-1"
SENDER, KEY, TIME, NONCE, SIGNATURE = (f"X-Yijianshi-{name}" for name in ("Sender", "Key", "Time", "Nonce", "Signature"))
WINDOW = timedelta(minutes=5)  # a request older, or further in the future, is refused
NONCE_KEPT = 2 * WINDOW  # longer than any request that carries it can still be in time


def signed_text(method: str, path: str, sender: str, key_id: str, time: str, nonce: str, body: bytes) -> bytes:
    """Return the bytes the signature covers; *path* with its query, *time* in Unix seconds, *nonce* 32 hexadecimal digits."""
    digest = hashlib.new("sm3", body).hexdigest()
    return "\n".join((VERSION, method.upper(), path, sender, key_id, time, nonce, digest)).encode()


def is_timely(time: str, now: float) -> bool:
    """Say whether the moment *time* (Unix seconds as text) lies within the window around *now*."""
    return time.isascii() and time.isdecimal() and len(time) <= 12 and abs(int(time) - now) <= WINDOW.total_seconds()


def is_nonce(text: str) -> bool:
    """Say whether *text* is 32 lower-case hexadecimal digits."""
    return len(text) == 32 and all(one in "0123456789abcdef" for one in text)
