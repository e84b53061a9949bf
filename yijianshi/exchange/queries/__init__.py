"""What may be asked of the exchange room."""

from yijianshi.exchange.queries.comparisons import ComparisonRow, list_comparisons
from yijianshi.exchange.queries.desk import MOST as MOST_STUCK
from yijianshi.exchange.queries.desk import StuckRow, list_stuck
from yijianshi.exchange.queries.health import HealthRow, list_health
from yijianshi.exchange.queries.locks import lock_sending
from yijianshi.exchange.queries.neighbours import (
    NeighbourCard,
    connect,
    find_neighbour,
    find_serving,
    forget_neighbours,
    get_neighbour,
    list_neighbours,
    list_peers,
    list_told,
)
from yijianshi.exchange.queries.threads import carried_since, list_threads

__all__ = [
    "MOST_STUCK",
    "ComparisonRow",
    "HealthRow",
    "NeighbourCard",
    "StuckRow",
    "carried_since",
    "connect",
    "find_neighbour",
    "find_serving",
    "forget_neighbours",
    "get_neighbour",
    "list_comparisons",
    "list_health",
    "list_neighbours",
    "list_peers",
    "list_stuck",
    "list_threads",
    "list_told",
    "lock_sending",
]
