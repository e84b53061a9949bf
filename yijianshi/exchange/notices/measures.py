"""Figures for operators: messages that wait, and messages given up, by way."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.db.models import Count, Q
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from yijianshi.exchange.notices.models import Delivery
from yijianshi.foundation import metrics


class NoticesCollector(Collector):
    """Count the messages at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; none when the database cannot be reached, which another figure tells."""
        waiting = GaugeMetricFamily("yijianshi_messages_waiting", "Text messages and e-mails to send", labels=["channel"])
        given_up = GaugeMetricFamily("yijianshi_messages_given_up", "Messages that need an operator", labels=["channel"])
        try:
            found = _counts()
        except DatabaseError:
            return
        for channel in ("sms", "email"):
            row = found.get(channel, (0, 0))
            waiting.add_metric([channel], row[0])
            given_up.add_metric([channel], row[1])
        yield from (waiting, given_up)


def _counts() -> dict[str, tuple[int, int]]:
    rows = Delivery.objects.filter(state__in=["WAITING", "GIVEN_UP"]).values("channel")
    counted = rows.annotate(waiting=Count("id", filter=Q(state="WAITING")), failed=Count("id", filter=Q(state="GIVEN_UP")))
    return {row["channel"]: (row["waiting"], row["failed"]) for row in counted}


metrics.show(NoticesCollector())
