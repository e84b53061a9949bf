"""Every minute the messages that are due leave the house, each way for itself."""

from procrastinate.contrib.django import app

from yijianshi.exchange.notices import commands
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM

_MOST_ROUNDS = 40


@app.periodic(cron="* * * * *")
@app.task(name="notices.send_sms", queueing_lock="notices.send_sms")
def send_sms(timestamp: int) -> int:
    """Send the text messages that are due."""
    return _send("sms")


@app.periodic(cron="* * * * *")
@app.task(name="notices.send_email", queueing_lock="notices.send_email")
def send_email(timestamp: int) -> int:
    """Send the e-mails that are due."""
    return _send("email")


def _send(channel: str) -> int:
    sent = 0
    for _ in range(_MOST_ROUNDS):
        done = commands.deliver_due(channel, by=SYSTEM, at=clock.now())
        sent += done.sent
        if done.is_over:
            break
    return sent
