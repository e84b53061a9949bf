"""The merged form on a few pages; drafts save themselves."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yijianshi.applications import commands, queries
from yijianshi.applications.queries.views import DraftView, FormField
from yijianshi.channels.portal.presenting import form as presenting
from yijianshi.channels.portal.presenting import pages, tasks
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import Invalid


class UnreadableDraft(Invalid):
    """这次自动保存的内容不完整。请刷新页面再接着填。

    What was to be saved arrived incomplete. Please reload the page and go on.
    """


@entry(CITIZEN)
@while_draft
def group(request: ActorRequest, application_id: UUID, entity: str) -> HttpResponse:
    """Show one group of fields, or save it and go on to the next task."""
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    if request.method == "POST":
        return _save(request, draft, entity)
    page = presenting.Page(request.GET.get("change", ""), show_problems="check" in request.GET)
    return _show(request, draft, entity, page)


def _save(request: ActorRequest, draft: DraftView, entity: str) -> HttpResponse:
    before, revision = _page(draft, entity), request.POST.get("revision", "")
    values = given_values(before.fields, request.POST)
    asked = int(revision) if revision.isdigit() else None
    saved = commands.save_draft(application_id=draft.id, values=values, revision=asked, by=request.actor, at=clock.now())
    if "later" in request.POST and not saved.problems:
        return redirect("portal:application", application_id=draft.id)
    after = queries.get_draft(draft.id, by=request.actor, at=clock.now())
    now = pages.find_page(after, entity)
    if now is None or (not saved.problems and now.complete):
        return redirect(tasks.next_after(tasks.of_draft(after), tasks.of_page(draft.id, now or before)))
    unread = {problem.name: problem.text for problem in saved.problems}
    typed = {name: values[name] for name in unread}
    return _show(request, after, entity, presenting.Page(show_problems=True, typed=typed, problems=unread), status=422)


def _show(request: ActorRequest, draft: DraftView, entity: str, page: presenting.Page, status: int = 200) -> HttpResponse:
    shown = _page(draft, entity)
    sections, problems = presenting.sections(draft, shown, page)
    content = {"draft": draft, "page": shown, "sections": sections, "problems": problems}
    return render(request, "portal/form.html", content, status=status)


@entry(CITIZEN)
@require_http_methods(["PATCH"])
def autosave(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Save what was just typed; answers the new revision."""
    try:
        sent = json.loads(request.body)
        values, revision = dict(sent["values"]), int(sent["revision"])
    except (ValueError, KeyError, TypeError):
        raise UnreadableDraft from None
    saved = commands.save_draft(application_id=application_id, values=values, revision=revision, by=request.actor, at=clock.now())
    return JsonResponse({"revision": saved.revision})


def given_values(fields: Sequence[FormField], sent: QueryDict) -> dict[str, Any]:
    """Return the raw values of these fields that were on the page; an emptied list is an empty list."""
    values: dict[str, Any] = {}
    for field in fields:
        name = field.element.name
        if field.element.type == "LIST" and f"{name}.shown" in sent:
            values[name] = sent.getlist(name)
        elif name in sent:
            values[name] = sent.get(name, "").strip()
    return values


def _page(draft: DraftView, entity: str) -> pages.FormPage:
    found = pages.find_page(draft, entity)
    if found is None:
        raise Http404
    return found
