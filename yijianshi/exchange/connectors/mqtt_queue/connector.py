"""``mqtt_queue``: questions, answers and messages over a broker."""

from collections.abc import Sequence

from yijianshi.exchange.connectors.mqtt_queue.line import QueueLine
from yijianshi.exchange.connectors.mqtt_queue.options import QueueOptions
from yijianshi.exchange.connectors.operations import Operations
from yijianshi.exchange.connectors.port import Ground, Message
from yijianshi.exchange.connectors.registry import connector


@connector("mqtt_queue", QueueOptions)
class MqttQueue(Operations):
    """Speaks and hears over a queue."""

    pushes = False

    def __init__(self, options: QueueOptions, ground: Ground) -> None:
        self._queue = QueueLine(options, ground)
        self.interval_seconds = options.every_seconds
        super().__init__(self._queue)

    def collect(self) -> Sequence[Message]:
        """Return what has come; the neighbour says it again until it is confirmed."""
        self._queue.listens = True
        self._queue.connected()
        return self._queue.held()

    def confirm(self, messages: Sequence[Message]) -> None:
        """Name the messages that are safely with us."""
        self._line.post("/confirm", {"ids": [str(one.id) for one in messages]})
        self._queue.drop({one.id for one in messages})
