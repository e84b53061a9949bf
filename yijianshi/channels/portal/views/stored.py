"""My materials: what I handed in before, and where it may be used again."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from yijianshi.applications import queries
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry


@entry(CITIZEN)
def mine(request: ActorRequest) -> HttpResponse:
    """Show what was handed in, where, until when it may be used again, and who saw the original."""
    return render(request, "portal/stored.html", {"stored": queries.list_stored(by=request.actor, at=clock.now())})


@entry(CITIZEN)
def file(request: ActorRequest, application_id: UUID, code: str, file_id: UUID) -> HttpResponse:
    """Hand over one of my own files."""
    found, content = queries.open_stored(application_id, code, file_id, by=request.actor, at=clock.now())
    answer = HttpResponse(content, content_type=found.mime)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
