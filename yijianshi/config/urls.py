"""All addresses: the API under /api/v1/, the front doors, and the operator's pages."""

import importlib.util

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from ninja import NinjaAPI

from yijianshi.foundation import health, problems

api = NinjaAPI(title="Yijianshi", version="1", docs_url=None, openapi_url="/openapi.json", urls_namespace="api")
problems.install(api)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("metrics", health.show_metrics),
]


def _has(module: str) -> bool:
    room, _, _ = module.rpartition(".")
    return room in settings.ROOMS and importlib.util.find_spec(f"yijianshi.{module}") is not None


for _room in ("identity", "catalogue", "applications", "cases", "certificates"):
    if _has(f"{_room}.api"):
        api.add_router("", f"yijianshi.{_room}.api.router")
urlpatterns.append(path("api/v1/", api.urls))
for _prefix, _door in (("workbench/", "channels.workbench.urls"), ("", "channels.shared.urls"), ("", "channels.portal.urls")):
    if _has(_door):
        urlpatterns.append(path(_prefix, include(f"yijianshi.{_door}")))

handler400, handler403, handler404 = (problems.page_for(status) for status in (400, 403, 404))
handler500 = problems.server_error
