"""All addresses: the API under /api/v1/, the front doors, and the operator's pages."""

from django.urls import URLPattern, URLResolver, include, path
from ninja import NinjaAPI

from yijianshi.foundation import health, problems

api = NinjaAPI(title="Yijianshi", version="1", docs_url=None, openapi_url="/openapi.json", urls_namespace="api")
problems.install(api)
ROOMS = (
    "identity",
    "exchange.notices",
    "exchange.webhooks",
    "catalogue",
    "applications",
    "cases",
    "certificates",
    "crossregion",
    "insight",
)
for room in ROOMS:
    api.add_router("", f"yijianshi.{room}.api.router")
api.add_router("", "yijianshi.exchange.entrance.desk.router")

exchange = NinjaAPI(
    title="Yijianshi exchange", version="1", docs_url=None, openapi_url="/openapi.json", urls_namespace="exchange"
)
problems.install(exchange)
exchange.add_router("", "yijianshi.exchange.api.router")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("metrics", health.show_metrics),
    path("api/v1/", api.urls),
    path("api/exchange/v1/", exchange.urls),
    path("authoring/", include("yijianshi.channels.authoring.urls")),
    path("workbench/", include("yijianshi.channels.workbench.urls")),
    path("", include("yijianshi.channels.portal.urls")),
]

handler400, handler403, handler404 = (problems.page_for(status) for status in (400, 403, 404))
handler500 = problems.server_error
