"""Signed HTTP for connectors: one request, one signature; what goes wrong becomes ``Away`` or ``Refused``."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson

from yijianshi.exchange.connectors import signature
from yijianshi.exchange.connectors.port import Away, Ground, Refused

LARGEST_ANSWER = 4 * 1024 * 1024
_BUSY = {408, 425, 429}


class SignedClient:
    """Posts JSON to one neighbour and reads JSON back."""

    def __init__(self, address: str, timeout_seconds: float, ground: Ground) -> None:
        self._base, self._ground = address.rstrip("/"), ground
        self._client = httpx.Client(timeout=timeout_seconds, trust_env=False, follow_redirects=False)

    def post(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the JSON object answered; raises Away for anything that may be better later, Refused for what will not."""
        body = orjson.dumps(content, default=str)
        url = self._base + path
        headers = {"Content-Type": "application/json", **signature.signed(self._ground, "POST", _path_of(url), body)}
        try:
            with self._client.stream("POST", url, content=body, headers=headers) as answer:
                read = _limited(answer)
        except httpx.HTTPError as error:
            raise Away(f"{type(error).__name__}: {error}") from error
        return _understood(answer, read)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _limited(answer: httpx.Response) -> bytes:
    read = bytearray()
    for part in answer.iter_bytes():
        read += part
        if len(read) > LARGEST_ANSWER:
            raise Away(f"the answer is longer than {LARGEST_ANSWER} bytes")
    return bytes(read)


def _understood(answer: httpx.Response, read: bytes) -> dict[str, Any]:
    if answer.status_code >= 500 or answer.status_code in _BUSY:
        raise Away(f"HTTP {answer.status_code}", _seconds(answer.headers.get("Retry-After", "")))
    if answer.status_code != 200:
        raise Refused(f"HTTP_{answer.status_code}", read[:300].decode(errors="replace"))
    try:
        parsed = orjson.loads(read)
    except orjson.JSONDecodeError as error:
        raise Away("the answer is not JSON") from error
    if not isinstance(parsed, dict):
        raise Away("the answer is not a JSON object")
    return parsed


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
