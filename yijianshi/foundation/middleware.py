"""What every request passes: a number to be found by, security headers, a size limit, a language, an answer to every error."""

import re
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from yijianshi.foundation import logs, metrics, problems
from yijianshi.foundation.ids import new_id

Respond = Callable[[HttpRequest], HttpResponseBase]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PROPER_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = structlog.get_logger()


def request_id(get_response: Respond) -> Respond:
    """Give the request a number (a proxy's own if proper), put it on every log line and on the answer, and measure."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        number = given if settings.TRUSTED_PROXIES and _PROPER_ID.fullmatch(given) else str(new_id())
        request.request_id = number  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        logs.bind(request_id=number)
        started = time.perf_counter()
        response = get_response(request)
        _tell(request, response, time.perf_counter() - started)
        response["X-Request-ID"] = number
        return response

    return respond


def security_headers(get_response: Respond) -> Respond:
    """Put the security headers on every answer, unless a view has set a stricter one."""
    headers = dict(HEADERS)
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response.setdefault(name, value)
        return response

    return respond


def size_limit(get_response: Respond) -> Respond:
    """Refuse a body that is too large by its declared length, before a byte of it is read; refuse one of undeclared length."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        status = _refused(request)
        return get_response(request) if status is None else _refuse(request, status)

    return respond


def language(get_response: Respond) -> Respond:
    """Set ``request.language`` to ``zh`` or ``en``."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        request.language = problems.language_of(request)  # type: ignore[attr-defined]
        return get_response(request)

    return respond


class Problems:
    """Turn exceptions of views into answers."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        """Return the answer to *exception*."""
        return problems.answer_exception(request, exception)


def _refused(request: HttpRequest) -> int | None:
    if request.headers.get("Transfer-Encoding"):
        return 411
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 400
    is_multipart = (request.content_type or "").startswith("multipart/")
    return 413 if length > (settings.MULTIPART_MAX_BYTES if is_multipart else settings.BODY_MAX_BYTES) else None


def _refuse(request: HttpRequest, status: int) -> HttpResponseBase:
    request.language = problems.language_of(request)  # type: ignore[attr-defined]
    response: HttpResponse = problems.page_for(status)(request)
    response["Connection"] = "close"  # the rest of the body is not worth receiving
    return response


def _tell(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    route = request.resolver_match.route if request.resolver_match else "-"
    metrics.REQUESTS.labels(request.method or "-", route, str(response.status_code)).inc()
    metrics.SECONDS.labels(route).observe(seconds)
    milliseconds = round(seconds * 1000, 1)
    _log.info("request", method=request.method, path=request.path, status=response.status_code, ms=milliseconds)
