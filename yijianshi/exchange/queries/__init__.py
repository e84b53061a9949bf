"""What may be asked of the exchange room."""

from yijianshi.exchange.queries.health import HealthRow, list_health
from yijianshi.exchange.queries.neighbours import (
    NeighbourCard,
    connect,
    find_neighbour,
    find_serving,
    forget_neighbours,
    get_neighbour,
    list_neighbours,
)
from yijianshi.exchange.queries.threads import list_threads

__all__ = [
    "HealthRow",
    "NeighbourCard",
    "connect",
    "find_neighbour",
    "find_serving",
    "forget_neighbours",
    "get_neighbour",
    "list_health",
    "list_neighbours",
    "list_threads",
]
