"""What happened at the door to other systems: ids only, past tense."""

from dataclasses import dataclass

from yijianshi.foundation.events import event


@event("exchange.thread_advanced")
@dataclass(frozen=True)
class ThreadAdvanced:
    """Something new of a neighbour's thread is safely stored and waits to be applied."""

    neighbour: str
    about: str


@event("exchange.register_answered")
@dataclass(frozen=True)
class RegisterAnswered:
    """A register that a submitted matter waited for has answered, or never will; its debts are settled."""

    read: str
    matter: str
