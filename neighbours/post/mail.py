"""The mail server: takes everything over SMTP, delivers nothing."""

import asyncio
import logging
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

from neighbours.post.store import Store

_SAYS = {"down": "451 busy, come again", "refuse": "550 not here", "garbage": "hello?"}


class Taking:
    """What the server does with a message."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802  the library's name
        """Keep the message under its Message-ID, and answer as the present behaviour wants."""
        behaviour = self._store.behaviour
        if behaviour == "slow":
            await asyncio.sleep(self._store.seconds)
        if behaviour in _SAYS:
            return _SAYS[behaviour]
        self._store.take("email", _read(envelope))
        return "451 lost my mind" if behaviour == "forgetful" else "250 taken"


def serve(store: Store, port: int) -> Controller:
    """Return the running server on loopback; ``stop()`` ends it."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # addresses are nobody else's business
    controller = Controller(Taking(store), hostname="127.0.0.1", port=port)
    controller.start()
    return controller


def _read(envelope: Envelope) -> dict[str, str]:
    content = envelope.content if isinstance(envelope.content, bytes) else b""
    message: Any = message_from_bytes(content, policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return {
        "id": str(message["Message-ID"] or ""),
        "to": ", ".join(map(str, envelope.rcpt_tos)),
        "subject": str(message["Subject"] or ""),
        "text": body.get_content().replace("\r\n", "\n") if body is not None else "",
    }
