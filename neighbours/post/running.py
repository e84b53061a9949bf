"""Both servers up on loopback, in this process."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from neighbours.post import mail
from neighbours.post.sms import make_app
from neighbours.post.store import Store
from neighbours.serving import serving


@dataclass(frozen=True)
class Post:
    """The two servers and what they took."""

    store: Store
    web_port: int
    mail_port: int

    @property
    def page(self) -> str:
        """Return where a person reads what was taken."""
        return f"http://127.0.0.1:{self.web_port}/"

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings by which the house reaches them."""
        return {
            "YIJIANSHI_SMS_ADDRESS": f"http://127.0.0.1:{self.web_port}/sms",
            "YIJIANSHI_MAIL_ADDRESS": f"smtp://127.0.0.1:{self.mail_port}",
        }


@contextlib.contextmanager
def up(folder: Path, *, token: str = "", web_port: int = 0, mail_port: int = 0) -> Iterator[Post]:
    """Run both from these ports (0: any free one) until the block ends."""
    with contextlib.ExitStack() as stack:
        store = Store(folder)
        stack.callback(store.close)
        listening = socket.create_server(("127.0.0.1", web_port))
        stack.enter_context(serving(make_app(store, token), listening, "post-web"))
        controller = mail.serve(store, mail_port or _free_port())
        stack.callback(controller.stop)
        yield Post(store, listening.getsockname()[1], controller.port)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port: int = asked.getsockname()[1]
        return port
