"""Work that comes round by itself."""

from contextlib import closing

import structlog
from procrastinate.contrib.django import app

from yijianshi.exchange import commands, queries
from yijianshi.exchange.logic.signing import NONCE_KEPT
from yijianshi.exchange.models import Nonce
from yijianshi.foundation import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="exchange.forget_nonces", queueing_lock="exchange.forget_nonces")
def forget_nonces(timestamp: int) -> int:
    """Forget nonces whose requests would be too late anyway; return how many."""
    return Nonce.objects.filter(at__lt=clock.now() - NONCE_KEPT).delete()[0]


@app.periodic(cron="30 2 * * *")
@app.task(name="exchange.reconcile", queueing_lock="exchange.reconcile")
def reconcile(timestamp: int) -> dict[str, int]:
    """Compare both sides with every neighbour and mend what differs; return how many messages were sent again for each."""
    return {card.code: reconcile_with(card).sent_again for card in queries.list_neighbours() if card.is_enabled}


def reconcile_with(card: queries.NeighbourCard) -> commands.Compared:
    """Compare both sides with one neighbour; one that fails keeps no other from being compared."""
    at = clock.now()
    try:
        with closing(queries.connect(card)) as connector:
            return commands.reconcile(card.code, connector, at=at)
    except Exception as error:
        structlog.get_logger().warning("exchange.reconcile_failed", neighbour=card.code, exc_info=error)
        return commands.note_not_compared(card.code, type(error).__name__, at=at)
