"""What this room does when something happened."""

from datetime import datetime

from yijianshi.exchange.commands.apply import apply_threads
from yijianshi.exchange.events import ThreadAdvanced
from yijianshi.foundation.events import handles


@handles(ThreadAdvanced)
def when_thread_advanced_apply_it(happened: list[ThreadAdvanced], at: datetime) -> None:
    """Apply what has come in, in order."""
    apply_threads([(one.neighbour, one.about) for one in happened], at=at)
