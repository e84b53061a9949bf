"""Signatures in the manner of the Standard Webhooks convention: HMAC-SHA256 over ``id.timestamp.body``, base64 after ``v1,``."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence

PREFIX = "whsec_"
ID, TIME, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


def headers(event_id: str, seconds: int, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """Return the three headers, one signature for each secret that holds now (two while a secret is being replaced)."""
    signed = " ".join(f"v1,{sign(event_id, seconds, body, secret)}" for secret in secrets)
    return {ID: event_id, TIME: str(seconds), SIGNATURE: signed}


def sign(event_id: str, seconds: int, body: bytes, secret: str) -> str:
    """Return the signature with one secret (``whsec_`` and base64 of the key)."""
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.new(key, f"{event_id}.{seconds}.".encode() + body, hashlib.sha256).digest()).decode()
