"""Figures for Prometheus: requests as they pass, the outbox and the workers when they are asked for."""

import os
from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

REGISTRY = CollectorRegistry()
REQUESTS = Counter("yijianshi_requests", "Requests answered", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram("yijianshi_request_seconds", "Time to answer", ["route"], registry=REGISTRY)
DELIVERED = Counter("yijianshi_outbox_delivered", "Outbox rows worked on by this worker", registry=REGISTRY)
LOGGED = Counter("yijianshi_log_leaves", "Leaves put on the transparency log by this worker", registry=REGISTRY)
WORKING = Gauge("yijianshi_worker_up", "1 while this worker runs", registry=REGISTRY, multiprocess_mode="livesum")


_others: list[Collector] = []


def show(collector: Collector) -> None:
    """Let a room above add figures that are read at the moment of asking."""
    _others.append(collector)


class StateCollector:
    """Read the outbox and the workers' signs of life from the database at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Yield the figures, or only ``yijianshi_database_up 0`` when the database cannot be reached."""
        from yijianshi.foundation import health, outbox

        try:
            backlog, silent = outbox.measure(), health.seconds_since_worker()
        except DatabaseError:
            yield GaugeMetricFamily("yijianshi_database_up", "1 when the database answers", 0)
            return
        yield GaugeMetricFamily("yijianshi_database_up", "1 when the database answers", 1)
        yield GaugeMetricFamily("yijianshi_outbox_waiting", "Outbox rows to deliver", backlog.waiting)
        yield GaugeMetricFamily("yijianshi_outbox_stuck", "Outbox rows that need an operator", backlog.stuck)
        yield GaugeMetricFamily("yijianshi_outbox_oldest_seconds", "Age of the oldest deliverable row", backlog.oldest_seconds)
        if silent is not None:
            yield GaugeMetricFamily("yijianshi_worker_silent_seconds", "Since the last sign of life of any worker", silent)


def render() -> bytes:
    """Return all figures in the Prometheus text form; of all web processes when they share PROMETHEUS_MULTIPROC_DIR."""
    state = CollectorRegistry()
    state.register(StateCollector())
    for collector in _others:
        state.register(collector)
    requests = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        MultiProcessCollector(requests)  # type: ignore[no-untyped-call]
    return generate_latest(requests) + generate_latest(state)
