"""One file of a case, shown in a sandbox."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from yijianshi.cases import queries
from yijianshi.channels.workbench.views import DESK
from yijianshi.foundation import files
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
