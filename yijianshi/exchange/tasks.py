"""Work that comes round by itself."""

from procrastinate.contrib.django import app

from yijianshi.exchange.logic.signing import NONCE_KEPT
from yijianshi.exchange.models import Nonce
from yijianshi.foundation import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="exchange.forget_nonces", queueing_lock="exchange.forget_nonces")
def forget_nonces(timestamp: int) -> int:
    """Forget nonces whose requests would be too late anyway; return how many."""
    return Nonce.objects.filter(at__lt=clock.now() - NONCE_KEPT).delete()[0]
