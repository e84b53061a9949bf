"""``http_poll``: we post to the neighbour, and ask it at intervals what it has for us."""

from collections.abc import Sequence

from yijianshi.exchange.connectors import wire
from yijianshi.exchange.connectors.http_poll.options import PollOptions
from yijianshi.exchange.connectors.http_push.connector import HttpPush
from yijianshi.exchange.connectors.port import Ground, Message
from yijianshi.exchange.connectors.registry import connector


@connector("http_poll", PollOptions)
class HttpPoll(HttpPush):
    """Speaks as ``http_push`` does; hears by asking."""

    pushes = False

    def __init__(self, options: PollOptions, ground: Ground) -> None:
        super().__init__(options, ground)
        self.interval_seconds = options.every_seconds

    def collect(self) -> Sequence[Message]:
        """Ask for what waits; the same comes again until it is confirmed."""
        return wire.to_messages(self._line.post("/collect", {"most": wire.MOST}))

    def confirm(self, messages: Sequence[Message]) -> None:
        """Name the messages that are safely with us."""
        self._line.post("/confirm", {"ids": [str(one.id) for one in messages]})
