"""A system behind a message queue: the broker and its own client live in this process, on an event loop of their own."""

import asyncio
import contextlib
import json
import logging
import threading
from concurrent.futures import Future
from typing import Any

from amqtt.broker import Broker
from amqtt.client import MQTTClient
from amqtt.mqtt.constants import QOS_1

from neighbours.engine import enveloped, outgoing
from neighbours.engine.running import Running

_METHOD = "QUEUE"
_AGAIN_SECONDS = 3.0  # what the house has not confirmed is said once more after this
_START_SECONDS = 20.0
_CLOSING_SECONDS = 0.1
log = logging.getLogger("neighbours")


class Queue:
    """The broker of one system and its connection to it."""

    def __init__(self, running: Running) -> None:
        self.running = running
        code = running.system.code
        self._in, self._out = f"yijianshi/{code}/in", f"yijianshi/{code}/out"
        self._up: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), name=f"{code}-queue", daemon=True)
        self._thread.start()
        self._loop, self._over = self._up.result(_START_SECONDS)

    def say(self) -> bool:
        """Publish what is due; it is said again until the house has confirmed it."""
        said = enveloped.batches(self.running)
        for ids, body in said:
            self.running.behaviour.wait()
            with self.running.store.writing() as db:
                outgoing.put_off(db, ids, "", after=_AGAIN_SECONDS)
            envelope = {
                "headers": enveloped.signed(self.running, _METHOD, self._out, body),
                "body": body.decode(errors="replace"),
            }
            asyncio.run_coroutine_threadsafe(self._publish(envelope), self._loop).result(10)
        return bool(said)

    def close(self) -> None:
        """Stop the client, the broker and their loop."""
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    async def _live(self) -> None:
        broker, client, over = Broker(self._broker_config()), MQTTClient(config={"auto_reconnect": False}), asyncio.Event()
        try:
            await broker.start()
            await client.connect(f"mqtt://127.0.0.1:{self.running.queue_port}/")
            await client.subscribe([(self._in, QOS_1)])
        except Exception as error:
            self._up.set_exception(error)
            return
        self._client = client
        self._up.set_result((asyncio.get_running_loop(), over))
        hearing = asyncio.create_task(self._hear())
        await over.wait()
        hearing.cancel()
        with contextlib.suppress(Exception):
            await client.disconnect()
        with contextlib.suppress(Exception):
            await broker.shutdown()
        await asyncio.sleep(_CLOSING_SECONDS)  # connections close one turn of the loop later

    def _broker_config(self) -> dict[str, Any]:
        listener = {"type": "tcp", "bind": f"127.0.0.1:{self.running.queue_port}"}
        plugins = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
        return {"listeners": {"default": listener}, "plugins": plugins}

    async def _hear(self) -> None:
        while True:
            came = await self._client.deliver_message()
            if came is None or came.data is None or self.running.behaviour.kind == "down":
                continue
            try:
                await self._answer(bytes(came.data))
            except Exception:
                log.exception("%s queue", self.running.system.code)

    async def _answer(self, payload: bytes) -> None:
        envelope = json.loads(payload)
        question, body = str(envelope["question"]), str(envelope["body"]).encode()
        headers = {str(name): str(value) for name, value in dict(envelope["headers"]).items()}
        path = f"{self._in}?{question}"
        await asyncio.to_thread(self.running.behaviour.wait)
        told = await asyncio.to_thread(enveloped.answer, self.running, headers, _METHOD, path, body)
        signed = enveloped.signed(self.running, _METHOD, f"{self._out}?{question}", told)
        await self._publish({"answers": question, "headers": signed, "body": told.decode(errors="replace")})

    async def _publish(self, envelope: dict[str, Any]) -> None:
        await self._client.publish(self._out, json.dumps(envelope, ensure_ascii=False).encode(), qos=QOS_1)
