"""The merged form, one page for each person or subject; drafts save themselves."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yijianshi.applications import commands, queries
from yijianshi.channels.portal.presenting import form as presenting
from yijianshi.channels.portal.presenting import tasks
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, entry


@entry(CITIZEN)
def group(request: HttpRequest, application_id: UUID, entity: str) -> HttpResponse:
    """Show one group of fields, or save it and go on to the next task."""
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    shown = _group(draft, entity)
    if request.method == "POST":
        values = given_values(shown, request.POST)
        revision = int(request.POST.get("revision") or draft.revision)
        commands.save_draft(application_id=application_id, values=values, revision=revision, by=request.actor, at=clock.now())
        return _next(request, application_id, entity)
    lines, problems = presenting.split(shown, request.GET.get("change", ""))
    told = problems if request.GET.get("check") else []
    page = {"draft": draft, "group": shown, "lines": lines, "problems": told}
    return render(request, "portal/form.html", page)


def _next(request: HttpRequest, application_id: UUID, entity: str) -> HttpResponse:
    if "later" in request.POST:
        return redirect("portal:application", application_id=application_id)
    saved = queries.get_draft(application_id, by=request.actor, at=clock.now())
    shown = _group(saved, entity)
    if any(field.problem for field in shown.fields):
        return redirect(f"{request.path}?check=1")
    return redirect(tasks.next_after(tasks.of_draft(saved), request.path))


@entry(CITIZEN)
@require_http_methods(["PATCH"])
def autosave(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Save what was just typed; answers the new revision."""
    sent = json.loads(request.body)
    saved = commands.save_draft(
        application_id=application_id,
        values=dict(sent["values"]),
        revision=int(sent["revision"]),
        by=request.actor,
        at=clock.now(),
    )
    return JsonResponse({"revision": saved.revision})


def given_values(group: Any, sent: QueryDict) -> dict[str, Any]:
    """Return the raw values of this group's fields that were on the page; an emptied list is an empty list."""
    values: dict[str, Any] = {}
    for field in group.fields:
        name = field.element.name
        if field.element.type == "LIST" and f"{name}.shown" in sent:
            values[name] = sent.getlist(name)
        elif name in sent:
            values[name] = sent[name].strip()
    return values


def _group(draft: Any, entity: str) -> Any:
    found = next((group for group in draft.groups if group.entity == entity), None)
    if found is None:
        raise Http404
    return found
