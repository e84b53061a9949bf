"""Our end of the queue: questions go to ``yijianshi/<code>/in``, answers and messages come from ``yijianshi/<code>/out``.

At least once in both directions (QoS 1). What must not be lost is kept at both ends until the other side has confirmed it;
the broker may lose everything it holds, and nothing is lost.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from yijianshi.exchange.connectors import enveloped, signature, wire
from yijianshi.exchange.connectors.mqtt_queue.options import QueueOptions
from yijianshi.exchange.connectors.port import Away, Ground, Message
from yijianshi.exchange.connectors.signature import NotTheirs

_METHOD = "QUEUE"
_MOST_HELD = 1_000  # messages not yet collected; more are dropped and told again
_LARGEST = 4 * 1024 * 1024


class QueueLine:
    """One connection to the broker, made at first use and again after it broke."""

    def __init__(self, options: QueueOptions, ground: Ground) -> None:
        self._options, self._ground = options, ground
        self._in, self._out = (f"yijianshi/{ground.neighbour}/{way}" for way in ("in", "out"))
        self._client: mqtt.Client | None = None
        self._changed = threading.Condition()
        self._ready = False
        self._answers: dict[str, bytes | None] = {}  # question → answer
        self._held: OrderedDict[UUID, Message] = OrderedDict()
        self.listens = False

    def post(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Publish a question and wait for its answer."""
        client, question = self.connected(), uuid4().hex
        body = enveloped.question(path, content)
        with self._changed:
            self._answers[question] = None
        try:
            client.publish(self._in, self._sealed(question, body), qos=1)
            with self._changed:
                came = self._changed.wait_for(lambda: self._answers[question] is not None, self._options.timeout_seconds)
                found = self._answers[question]
            if not came or found is None:
                raise Away(f"no answer on the queue within {self._options.timeout_seconds:g} seconds")
            return enveloped.answer(found)
        finally:
            with self._changed:
                del self._answers[question]

    def connected(self) -> mqtt.Client:
        """Return the connection, subscribed; raises Away."""
        if self._client is None:
            self._client = self._connect()
        with self._changed:
            if not self._changed.wait_for(lambda: self._ready, self._options.timeout_seconds):
                raise Away("the broker does not answer")
        return self._client

    def held(self) -> list[Message]:
        """Return the messages that came and are not yet confirmed, oldest first."""
        with self._changed:
            return list(self._held.values())[: wire.MOST]

    def drop(self, ids: set[UUID]) -> None:
        """Forget messages that are safely with us."""
        with self._changed:
            for one in ids:
                self._held.pop(one, None)

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.disconnect()
            self._client.loop_stop()
            self._client = None

    def _connect(self) -> mqtt.Client:
        client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=f"{self._ground.sender}-{uuid4().hex[:12]}")
        client.on_connect = self._on_connect
        client.on_subscribe = lambda *_: self._note(ready=True)
        client.on_disconnect = lambda *_: self._note(ready=False)
        client.on_message = self._on_message
        client.reconnect_delay_set(min_delay=1, max_delay=10)
        if self._options.username:
            secret = self._options.password_file
            client.username_pw_set(self._options.username, Path(secret).read_text().strip() if secret else None)
        if self._options.tls:
            client.tls_set()
        client.connect_timeout = self._options.timeout_seconds
        try:
            client.connect(self._options.host, self._options.port, keepalive=30)
        except OSError as error:
            raise Away(f"the broker cannot be reached ({error})") from error
        client.loop_start()
        return client

    def _on_connect(self, client: mqtt.Client, *_: Any) -> None:
        client.subscribe(self._out, qos=1)

    def _note(self, *, ready: bool) -> None:
        with self._changed:
            self._ready = ready
            self._changed.notify_all()

    def _on_message(self, _client: mqtt.Client, _userdata: Any, came: mqtt.MQTTMessage) -> None:
        try:
            self._take(bytes(came.payload))
        except (Away, NotTheirs):  # not theirs, or not readable: what was lost with it is told or asked again
            return

    def _take(self, payload: bytes) -> None:
        if len(payload) > _LARGEST:
            raise Away("it is too long")
        envelope = enveloped.json_object(payload)
        headers, text = envelope.get("headers"), envelope.get("body")
        if not isinstance(headers, dict) or not isinstance(text, str):
            raise Away("it is no envelope")
        body = text.encode()
        answered = envelope.get("answers")
        path = f"{self._out}?{answered}" if isinstance(answered, str) else self._out  # an answer belongs to one question
        signature.prove(self._ground, headers, _METHOD, path, body)
        if isinstance(answered, str):
            self._answered(answered, body)
        elif self.listens:
            self._hold(wire.to_messages(enveloped.json_object(body)))

    def _answered(self, question: str, body: bytes) -> None:
        with self._changed:
            if question in self._answers:
                self._answers[question] = body
                self._changed.notify_all()

    def _hold(self, messages: list[Message]) -> None:
        with self._changed:
            for one in messages:
                if len(self._held) < _MOST_HELD:
                    self._held.setdefault(one.id, one)

    def _sealed(self, question: str, body: bytes) -> bytes:
        headers = signature.signed(self._ground, _METHOD, f"{self._in}?{question}", body)
        return orjson.dumps({"question": question, "headers": headers, "body": body.decode()})
