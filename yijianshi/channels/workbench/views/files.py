"""The files of a case: one shown in a sandbox, and its original compared."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from yijianshi.cases import commands, queries
from yijianshi.channels.workbench.views import DESK
from yijianshi.foundation import clock, files
from yijianshi.identity.entrance import STAFF, ActorRequest, entry

SHOWN = frozenset({"image/jpeg", "image/png"})  # the rest is saved: browsers show no PDF in a sandbox
# No script, no form, no request from inside an uploaded file, whatever it turns out to be.
CSP = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@entry(STAFF, roles=DESK)
@require_safe
def show(request: ActorRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """Send a file which belongs to a material this case needs; anybody else's file does not exist here."""
    if not queries.has_file(case_id, file_id, by=request.actor):
        raise Http404
    ref, content = files.open_file(file_id)
    way = "inline" if ref.mime in SHOWN and request.GET.get("save") != "1" else "attachment"
    response = HttpResponse(content, content_type=ref.mime)
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(ref.name)}"
    response["Content-Security-Policy"] = CSP
    response["Cache-Control"] = "private, no-store"
    return response


@entry(STAFF, roles=DESK)
@require_POST
def confirm_original(request: ActorRequest, case_id: UUID, code: str) -> HttpResponse:
    """Note that the clerk has compared a material with its original."""
    commands.confirm_original(case_id, code, by=request.actor, at=clock.now())
    return redirect(f"/workbench/cases/{case_id}/#material-{code}")
