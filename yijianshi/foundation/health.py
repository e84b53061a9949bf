"""The operator's three pages: alive, ready, figures."""

import hmac
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from psycopg_pool import PoolTimeout

from yijianshi.foundation import addresses, clock, metrics, outbox
from yijianshi.kernel.errors import Forbidden

_migrated: list[bool] = []  # structure only moves forward while a process runs, so one yes is enough
LAG_SECONDS = 60
SILENT_SECONDS = 45  # four missed signs of life


class MetricsForbidden(Forbidden):
    """运行指标只供本机或持有令牌的程序读取。

    The figures are for this machine itself, or for a program with the token (YIJIANSHI_METRICS_TOKEN).
    """


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer that the process runs; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when requests can be served, else 503; a slow worker makes it ``degraded`` but does not take the site away."""
    checks: dict[str, Any] = {"database": "down", "migrations": "unknown", "outbox": "unknown", "worker": "unknown"}
    try:
        checks["migrations"] = "applied" if is_migrated() else "missing"
        checks["database"] = "up"
        backlog, silent = outbox.measure(), seconds_since_worker()
        checks["outbox"] = "stuck" if backlog.stuck else ("late" if backlog.oldest_seconds > LAG_SECONDS else "on time")
        checks["worker"] = "none" if silent is None else ("silent" if silent > SILENT_SECONDS else "alive")
    except (DatabaseError, PoolTimeout):
        pass
    can_serve = checks["database"] == "up" and checks["migrations"] == "applied"
    all_well = can_serve and checks["outbox"] == "on time" and checks["worker"] == "alive"
    status = "ready" if all_well else ("degraded" if can_serve else "unavailable")
    return JsonResponse({"status": status, "checks": checks}, status=200 if can_serve else 503)


@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Answer the figures, to this machine or to a bearer of the token only."""
    if not _may_read(request):
        raise MetricsForbidden
    return HttpResponse(metrics.render(), content_type=CONTENT_TYPE_LATEST)


def seconds_since_worker() -> float | None:
    """Return how long ago any worker gave a sign of life, or None when none ever did."""
    from yijianshi.foundation.models import Heartbeat

    last = Heartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return None if last is None else max(0.0, (clock.now() - last).total_seconds())


def is_migrated() -> bool:
    """Return whether the database has the structure this code expects; raises DatabaseError when it cannot be reached."""
    connection.ensure_connection()
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True


def _may_read(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    return addresses.is_loopback(request)
