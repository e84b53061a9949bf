"""``http_push``: we post to the neighbour, it posts its messages to our inbox."""

from yijianshi.exchange.connectors.http import SignedClient
from yijianshi.exchange.connectors.http_push.options import HttpOptions
from yijianshi.exchange.connectors.operations import Operations
from yijianshi.exchange.connectors.port import Ground
from yijianshi.exchange.connectors.registry import connector


@connector("http_push", HttpOptions)
class HttpPush(Operations):
    """Posts JSON; the other operations are posts as well."""

    def __init__(self, options: HttpOptions, ground: Ground) -> None:
        super().__init__(SignedClient(options.address, options.timeout_seconds, ground))
