"""Views that fail in every way, for the tests of problems and middleware."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI, Schema

from yijianshi.foundation import problems
from yijianshi.kernel.errors import Invalid, TooMany

ERRORS = {
    "invalid": Invalid(why="x", field="child.name"),
    "many": TooMany(seconds=30),
    "missing": Http404("secret detail"),
    "denied": PermissionDenied("secret detail"),
    "down": OperationalError("connection to 10.0.0.1 failed: secret detail"),
    "bug": KeyError("secret detail 410105199001010010"),
}
api = NinjaAPI(urls_namespace="failing")
problems.install(api)


class Body(Schema):
    """A body with one whole number."""

    count: int


def fail(_request: HttpRequest, how: str) -> HttpResponse:
    """Raise what *how* names."""
    raise ERRORS[how]


def failing_middleware(_get_response: object) -> Callable[[HttpRequest], HttpResponse]:
    """Raise what the header X-Fail names."""
    return lambda request: fail(request, request.headers["X-Fail"])


@api.get("/fail/{how}")
def api_fail(request: HttpRequest, how: str) -> None:
    """Raise what *how* names."""
    raise ERRORS[how]


@api.post("/take")
def take(request: HttpRequest, body: Body) -> dict[str, int]:
    """Return the number that came."""
    return {"count": body.count}


urlpatterns = [path("fail/<how>/", fail), path("api/v1/", api.urls), path("ok/", lambda _request: HttpResponse("ok"))]
handler404 = problems.page_for(404)
handler500 = problems.server_error
