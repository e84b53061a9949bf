"""The five headers that prove who sends what: made for what we send, checked for what we fetch (files and queues)."""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping

from yijianshi.exchange.connectors.port import Ground
from yijianshi.exchange.logic import signing


class NotTheirs(Exception):
    """What was fetched is not signed by the neighbour, or was changed on the way."""


def signed(ground: Ground, method: str, path: str, body: bytes) -> dict[str, str]:
    """Return the headers for *body* sent to *path*."""
    moment, nonce = str(int(ground.now())), secrets.token_hex(16)
    text = signing.signed_text(method, path, ground.sender, ground.key_id, moment, nonce, body)
    return {
        signing.SENDER: ground.sender,
        signing.KEY: ground.key_id,
        signing.TIME: moment,
        signing.NONCE: nonce,
        signing.SIGNATURE: b64encode(ground.sign(text)).decode(),
    }


def prove(ground: Ground, headers: Mapping[str, object], method: str, path: str, body: bytes) -> None:
    """Check that the neighbour signed *body*; raises NotTheirs.

    Files and queued messages may wait for hours, so there is no window of time; what comes twice is known by its ids.
    """
    names = (signing.SENDER, signing.KEY, signing.TIME, signing.NONCE, signing.SIGNATURE)
    sender, key_id, moment, nonce, encoded = (str(headers.get(name, ""))[:200] for name in names)
    if sender != ground.neighbour:
        raise NotTheirs("it is signed in another name")
    try:
        raw = b64decode(encoded, validate=True)
    except ValueError as error:
        raise NotTheirs("the signature cannot be read") from error
    if not ground.verify(signing.signed_text(method, path, sender, key_id, moment, nonce, body), raw):
        raise NotTheirs("the signature does not fit")
