"""The window for other regions (异地代收): see the person, see the originals, send everything on."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yijianshi.channels.workbench import telling
from yijianshi.channels.workbench.views.files import CSP, SHOWN
from yijianshi.crossregion import commands, queries
from yijianshi.foundation import clock, files
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.identity.logic.actor import Role
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text

ROLES = frozenset({Role.CLERK})
SENT = Text("已核对并送出。双方签的交接凭证会出现在这里。", "Checked and sent. The receipt both sides sign appears here.")


@entry(STAFF, roles=ROLES)
@require_safe
def table(request: ActorRequest) -> HttpResponse:
    """List what waits at the window, or the one with the number given."""
    number = request.GET.get("number", "").strip()[:40]
    rows = queries.list_at_window(by=request.actor, at=clock.now(), number=number)
    return render(request, "workbench/window.html", {"rows": rows, "number": number, "told": telling.take(request)})


@entry(STAFF, roles=ROLES)
def one(request: ActorRequest, passage_id: UUID) -> HttpResponse:
    """Show one application with its papers; on POST write down what was checked and send it."""
    if request.method != "POST":
        return _show(request, passage_id)
    try:
        _receive(request, passage_id)
    except DomainError as problem:
        return _show(request, passage_id, problem)
    telling.keep(request, telling.Told("done", SENT))
    return redirect("workbench:window")


@entry(STAFF, roles=ROLES)
@require_safe
def file(request: ActorRequest, passage_id: UUID, file_id: UUID) -> HttpResponse:
    """Send a file of an application at the window, shown in a sandbox."""
    ref, content = files.open_file(queries.file_at_window(passage_id, file_id, by=request.actor))
    response = HttpResponse(content, content_type=ref.mime)
    way = "inline" if ref.mime in SHOWN else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(ref.name)}"
    response["Content-Security-Policy"], response["Cache-Control"] = CSP, "private, no-store"
    return response


def _receive(request: ActorRequest, passage_id: UUID) -> None:
    commands.receive_at_window(
        passage_id,
        identity_checked=request.POST.get("identity") == "yes",
        originals=request.POST.getlist("originals"),
        parcel=request.POST.get("parcel", ""),
        by=request.actor,
        at=clock.now(),
    )


def _show(request: ActorRequest, passage_id: UUID, problem: DomainError | None = None) -> HttpResponse:
    sheet = queries.get_at_window(passage_id, by=request.actor, at=clock.now())
    page: dict[str, Any] = {"sheet": sheet, "problem": problem.text if problem else None}
    page |= {"seen": request.POST.getlist("originals"), "checked": request.POST.get("identity") == "yes"}
    page["parcel"] = request.POST.get("parcel", "")
    return render(request, "workbench/window_one.html", page, status=problem.status if problem else 200)
