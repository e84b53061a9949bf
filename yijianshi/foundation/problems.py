"""Errors as answers: RFC 9457 problem JSON for programs, a calm page for people, the same words for both.

A DomainError says what it means. Anything else is a fault of ours: logged whole with the request's number, answered calmly.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.html import escape
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from psycopg_pool import PoolTimeout

from yijianshi.foundation import problem_texts
from yijianshi.kernel.errors import DomainError, TooMany
from yijianshi.kernel.text import Text

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = 5
_UNREACHABLE = (OperationalError, InterfaceError, PoolTimeout)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that is not what was asked for."""

    status: int
    code: str
    title: Text
    detail: Text
    errors: Sequence[tuple[str, Text]] = field(default=())
    retry_after: int | None = None


def problem_of(error: BaseException) -> Problem:
    """Return the answer to *error*; whatever is unknown becomes a 500 that says nothing of its cause."""
    if isinstance(error, DomainError):
        return _of_domain(error)
    if isinstance(error, _UNREACHABLE):
        return _standard(503, retry_after=RETRY_SECONDS)
    if isinstance(error, HttpError):
        return _standard(error.status_code)
    for kinds, status in _STATUS_OF:
        if isinstance(error, kinds):
            return _standard(status)
    return _standard(500)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return *problem* as JSON or as a page, in the request's language."""
    language = language_of(request)
    if wants_json(request):
        body = json.dumps(_as_json(request, problem, language), ensure_ascii=False)
        response = HttpResponse(body, status=problem.status, content_type=CONTENT_TYPE)
    else:
        response = HttpResponse(_page(request, problem, language), status=problem.status)
    response["Content-Language"] = "zh-CN" if language == "zh" else "en"
    response["Cache-Control"] = "no-store"
    if problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response


def answer_exception(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log *error* as it deserves and return the answer to it."""
    problem = problem_of(error)
    if problem.status >= 500:
        got_request_exception.send(sender=None, request=request)
        _log.error("request.failed", status=problem.status, exc_info=error)
    else:
        _log.info("request.refused", status=problem.status, code=problem.code)
    return answer(request, problem)


def page_for(status: int) -> Any:
    """Return a Django error view (handler404 and its like) that answers *status*."""

    def view(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return answer(request, problem_of(exception) if isinstance(exception, DomainError) else _standard(status))

    return view


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what went wrong outside of any view, say in a middleware (Django calls handler500 while handling the error)."""
    error = sys.exc_info()[1]
    return answer(request, problem_of(error) if error else _standard(500))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose anti-forgery token is missing or out of date (Django's CSRF_FAILURE_VIEW)."""
    _log.warning("request.csrf_failed", why=reason)
    title, detail = problem_texts.STALE_FORM
    return answer(request, Problem(403, "stale-form", title, detail))


def install(api: NinjaAPI) -> None:
    """Answer every exception inside *api* as a problem."""
    respond: Any = answer_exception  # ninja's type asks for handlers of classes as well as of instances
    invalid: Any = _invalid_request
    api.add_exception_handler(ValidationError, invalid)
    for kind in (DomainError, AuthenticationError, AuthorizationError, HttpError, Http404, Exception):
        api.add_exception_handler(kind, respond)


def language_of(request: HttpRequest) -> str:
    """Return ``zh`` or ``en``: the cookie if set, else what a program's Accept-Language prefers, else Chinese."""
    cookie = request.COOKIES.get("language")
    if cookie in {"zh", "en"}:
        return cookie
    preferred = request.headers.get("Accept-Language", "").strip().lower()
    return "en" if preferred.startswith("en") and wants_json(request) else "zh"


def wants_json(request: HttpRequest) -> bool:
    """Return whether a program asks: under /api/, or preferring JSON to pages."""
    accepted = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accepted and "html" not in accepted)


_STATUS_OF: tuple[tuple[tuple[type[BaseException], ...], int], ...] = (
    ((AuthenticationError,), 401),
    ((AuthorizationError, PermissionDenied), 403),
    ((Http404,), 404),
    ((RequestDataTooBig,), 413),
    ((SuspiciousOperation, UnicodeDecodeError), 400),
)


def _of_domain(error: DomainError) -> Problem:
    titles = problem_texts.TITLES
    title = titles.get(error.status, titles[400])[0]
    errors = ((error.field, error.text),) if error.field else ()
    seconds = error.params.get("seconds") if isinstance(error, TooMany) else None
    return Problem(error.status, error.code, title, error.text, errors, int(seconds) if seconds else None)


def _standard(status: int, retry_after: int | None = None) -> Problem:
    known = status if status in problem_texts.TITLES else (500 if status >= 500 else 400)
    title, detail = problem_texts.TITLES[known]
    return Problem(status, problem_texts.CODES[known], title, detail, retry_after=retry_after)


def _invalid_request(request: HttpRequest, error: ValidationError) -> HttpResponse:
    title, detail = problem_texts.TITLES[422]
    errors = [(".".join(map(str, each.get("loc", ())[1:])), problem_texts.for_pydantic(each)) for each in error.errors]
    return answer(request, Problem(422, problem_texts.CODES[422], title, detail, errors))


def _as_json(request: HttpRequest, problem: Problem, language: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": f"urn:yijianshi:problem:{problem.code}",
        "title": problem.title.get(language),
        "status": problem.status,
        "detail": problem.detail.get(language),
        "instance": request.path,
        "request_id": getattr(request, "request_id", ""),
    }
    if problem.errors:
        body["errors"] = [{"field": name, "detail": text.get(language)} for name, text in problem.errors]
    return body


def _page(request: HttpRequest, problem: Problem, language: str) -> str:
    own = [f"{problem.status}.html"] if problem.code == problem_texts.CODES.get(problem.status) else []
    try:
        return render_to_string([*own, "problem.html"], {"problem": problem}, request)
    except TemplateDoesNotExist:
        pass
    except Exception as error:  # a page about a failure must not fail itself
        _log.error("problem.page_failed", exc_info=error)
    title, detail, number = problem.title.get(language), problem.detail.get(language), getattr(request, "request_id", "")
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1><p>{escape(detail)}</p><p><small>{escape(number)}</small></p></html>"
    )
