"""Text messages through an HTTP gateway: ``POST {address}/messages`` with ``{"id", "to", "text"}`` and a bearer token.

200 or 201 with ``{"taken": true}`` means taken (or had already under this id); 429 and 5xx, no answer or an unreadable one mean
later; any other 4xx means never. Nothing of the gateway's answer is kept: it may repeat the number.
"""

import http.client
import json
from urllib.parse import urlsplit

from yijianshi.exchange.notices.senders.port import Away, Letter, Refused

TIMEOUT_SECONDS = 5.0
_MOST_READ = 65_536
_LATER = frozenset({408, 425, 429})


class SmsGateway:
    """One gateway, a connection for each message."""

    def __init__(self, address: str, token: str = "", timeout: float = TIMEOUT_SECONDS) -> None:
        self._to = urlsplit(address)
        self._token, self._timeout = token, timeout
        if self._to.scheme not in ("http", "https") or not self._to.hostname:
            raise ValueError("YIJIANSHI_SMS_ADDRESS is written https://host[:port][/path]")

    def send(self, letter: Letter) -> None:
        """Hand over *letter*; raises Away, Refused."""
        body = json.dumps({"id": str(letter.id), "to": letter.address, "text": letter.text}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": str(letter.id)}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            status, answer, after = self._post(body, headers)
        except (OSError, http.client.HTTPException) as error:
            raise Away(type(error).__name__) from None
        if status in _LATER or status >= 500:
            raise Away(f"HTTP {status}", after)
        if status not in (200, 201):
            raise Refused(f"HTTP {status}", "refused by the gateway")
        if not _is_taken(answer):
            raise Away("unreadable answer")

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes, float | None]:
        kind = http.client.HTTPSConnection if self._to.scheme == "https" else http.client.HTTPConnection
        line = kind(self._to.hostname or "", self._to.port, timeout=self._timeout)
        try:
            line.request("POST", f"{self._to.path}/messages", body, headers)
            answer = line.getresponse()
            after = answer.headers.get("Retry-After", "")
            return answer.status, answer.read(_MOST_READ), float(after) if after.isascii() and after.isdigit() else None
        finally:
            line.close()


def _is_taken(answer: bytes) -> bool:
    try:
        said = json.loads(answer)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("taken") is True
